/** The suggester's settings. */
package io.trialstream.suggester.config;
