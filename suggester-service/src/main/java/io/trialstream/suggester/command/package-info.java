/**
 * What users ask of the suggester. Requests are performed on its loop and answered after their changes are committed.
 */
package io.trialstream.suggester.command;
