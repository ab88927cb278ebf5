/** The trainer as a whole: its configuration, its life from start to drain, and the beans that assemble it. */
package io.trialstream.trainer;
