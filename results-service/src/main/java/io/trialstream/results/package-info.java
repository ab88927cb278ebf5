/** Results: stores every report in PostgreSQL, publishes outcomes back and answers readers. */
package io.trialstream.results;
