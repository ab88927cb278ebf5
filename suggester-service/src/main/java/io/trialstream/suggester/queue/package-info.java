/** What the broker says of the pools' queues, beside what passes through them. */
package io.trialstream.suggester.queue;
