/**
 * What travels between Trialstream's processes: one record per message, the topics that carry them, and their JSON
 * form.
 *
 * <p>Everything here is immutable. Constructors validate, so a message that exists is well-formed; what arrives from
 * outside is read through {@link io.trialstream.contracts.MessageCodec}, which names what is wrong with a malformed
 * one.
 */
package io.trialstream.contracts;
