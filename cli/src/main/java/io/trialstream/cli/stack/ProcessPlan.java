package io.trialstream.cli.stack;

import java.util.List;
import java.util.Map;

/**
 * How one process of the stack is started.
 *
 * @param name unique in the stack
 * @param address where it will be reached, for people
 * @param command the program and its arguments
 * @param environment variables beside the inherited ones
 * @param readiness how to tell that it serves
 */
record ProcessPlan(
        String name,
        Role role,
        String address,
        List<String> command,
        Map<String, String> environment,
        Readiness readiness) {

    ProcessPlan {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
