/**
 * The database: entities with the transitions that their reports cause. Hibernate stays in here and in the adapters
 * beside it.
 */
package io.trialstream.results.store;
