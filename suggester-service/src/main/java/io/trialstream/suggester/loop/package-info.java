/**
 * The suggester's one thread: it reads what happened, decides, commits the decisions and lets them take effect. All
 * state is rebuilt from the topics whenever anything goes wrong on the way.
 */
package io.trialstream.suggester.loop;
