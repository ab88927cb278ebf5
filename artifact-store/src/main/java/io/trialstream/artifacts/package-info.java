/**
 * Files that runs leave behind: written by trainers, served and deleted by the results service. No framework and no
 * engine, so that both can use it.
 */
package io.trialstream.artifacts;
