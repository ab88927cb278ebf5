/**
 * The suggester's one thread: it reads what happened, decides, commits the decisions and then sends commands and queue
 * records. All state is rebuilt from the topics whenever anything goes wrong on the way.
 */
package io.trialstream.suggester.loop;
