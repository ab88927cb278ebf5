/**
 * The local stack: broker, database, services and trainers as processes on this machine, kept in one directory.
 *
 * <p>The processes live in sessions of their own, so that a Ctrl-C reaches only the command that keeps them, which then
 * ends them in order. What runs is written down with pids and start times, so that any later command can find it.
 */
package io.trialstream.cli.stack;
