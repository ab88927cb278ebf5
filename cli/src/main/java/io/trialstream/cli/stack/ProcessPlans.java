package io.trialstream.cli.stack;

import io.trialstream.infrastructure.BrokerMain;
import io.trialstream.infrastructure.DatabaseAccess;
import io.trialstream.infrastructure.DatabaseMain;
import io.trialstream.infrastructure.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Says how each process of a stack is started: program, memory, ports and configuration. */
final class ProcessPlans {
    static final String DATABASE_NAME = "trialstream";
    static final String RESULTS_HTTP = "results.http";
    /** Shorter than the patience with a trainer, so that one that must break its epoch off can still say so. */
    private static final Duration DRAIN_LIMIT = Role.TRAINER.patience().minusSeconds(15);

    private static final String ARTIFACTS_DIRECTORY = "TRIALSTREAM_ARTIFACTS_DIRECTORY";
    private static final String LOOPBACK = "127.0.0.1";

    private final StackDirectory directory;
    private final Installation installation;
    private final ToIntFunction<String> ports;

    /** {@code ports} answers the port for a use: {@link StackPorts#free} or {@link StackPorts#kept}. */
    ProcessPlans(StackDirectory directory, Installation installation, ToIntFunction<String> ports) {
        this.directory = directory;
        this.installation = installation;
        this.ports = ports;
    }

    ProcessPlan broker() {
        int port = ports.applyAsInt("broker");
        int controller = ports.applyAsInt("broker.controller");
        return infrastructure(
                Role.BROKER,
                "broker",
                LOOPBACK + ":" + port,
                List.of("-Xmx512m"),
                List.of(
                        BrokerMain.class.getName(),
                        directory.broker().toString(),
                        String.valueOf(port),
                        String.valueOf(controller)));
    }

    ProcessPlan database() {
        int port = ports.applyAsInt("database");
        String address = "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + DATABASE_NAME;
        return infrastructure(
                Role.DATABASE,
                "database",
                address,
                List.of("-Xmx64m", "-XX:+UseSerialGC"),
                List.of(
                        DatabaseMain.class.getName(),
                        directory.database().toString(),
                        String.valueOf(port),
                        DATABASE_NAME));
    }

    ProcessPlan suggester(String bootstrapServers) {
        int port = ports.applyAsInt("suggester.http");
        return service(Role.SUGGESTER, "suggester", port, List.of("-Xmx512m"), bootstrapServers, Map.of());
    }

    ProcessPlan results(String bootstrapServers, String jdbcUrl, Optional<String> suggesterUrl) {
        Map<String, String> environment = new HashMap<>();
        DatabaseAccess database = EmbeddedDatabase.access(directory.database(), jdbcUrl);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
        // Only the user can read a process's environment; its command line is read by everybody on the machine.
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        environment.put(ARTIFACTS_DIRECTORY, directory.artifacts().toString());
        suggesterUrl.ifPresent(url -> environment.put("TRIALSTREAM_SUGGESTER_URL", url));
        int port = ports.applyAsInt(RESULTS_HTTP);
        return service(Role.RESULTS, "results", port, List.of("-Xmx512m"), bootstrapServers, environment);
    }

    ProcessPlan trainer(TrainerEngine engine, int slots, int number, String bootstrapServers) {
        String name = trainerName(number);
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + (768 + 256 * slots) + "m",
                // What the engine allocates outside the heap is bounded too, for each slot: a configuration that needs
                // more is infeasible here, instead of the end of the process.
                "-Dorg.bytedeco.javacpp.maxbytes=" + 3 * slots + "g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + (2 + 3 * slots) + "g"));
        if (engine == TrainerEngine.DL4J) {
            options.add("-Dorg.eclipse.deeplearning4j.helpers.disable=false");
        }
        Map<String, String> environment = new HashMap<>(engine.environment());
        environment.putAll(Map.of(
                "TRIALSTREAM_TRAINER_ID",
                name,
                "TRIALSTREAM_TRAINER_POOL",
                "default",
                "TRIALSTREAM_TRAINER_SLOTS",
                String.valueOf(slots),
                "TRIALSTREAM_TRAINER_DRAIN_TIMEOUT",
                DRAIN_LIMIT.toString(),
                "TRIALSTREAM_TRAINER_DATA_DIRECTORY",
                installation.datasets().toString(),
                "TRIALSTREAM_CHECKPOINTS_DIRECTORY",
                directory.checkpoints().toString(),
                ARTIFACTS_DIRECTORY,
                directory.artifacts().toString(),
                "OMP_NUM_THREADS",
                "1"));
        environment.put("TRIALSTREAM_PROGRAMS_DIRECTORY", directory.runs().toString());
        if (Files.exists(directory.programs())) {
            environment.put("TRIALSTREAM_PROGRAMS_FILE", directory.programs().toString());
        }
        return service(
                Role.TRAINER,
                installation.builtJar(Role.TRAINER, engine),
                name,
                ports.applyAsInt(name + ".http"),
                options,
                bootstrapServers,
                environment);
    }

    /** Answers how a process of a stack that runs is started once more, with the ports and addresses that it had. */
    ProcessPlan again(StackProcess process, StackState stack) {
        return switch (process.role()) {
            case BROKER -> broker();
            case DATABASE -> database();
            case SUGGESTER -> suggester(address(stack, Role.BROKER));
            case RESULTS -> results(
                    address(stack, Role.BROKER),
                    address(stack, Role.DATABASE),
                    stack.first(Role.SUGGESTER).map(StackProcess::address));
            case TRAINER -> trainer(
                    stack.engine(), stack.slots(), trainerNumber(process.name()), address(stack, Role.BROKER));
        };
    }

    private static String address(StackState stack, Role role) {
        return stack.first(role)
                .map(StackProcess::address)
                .orElseThrow(() ->
                        new StackException("the stack has no " + role.name().toLowerCase(Locale.ROOT)));
    }

    /** What the port of a service's health endpoint is kept under. */
    static String management(String name) {
        return name + ".management";
    }

    static String trainerName(int number) {
        return "trainer-" + number;
    }

    static int trainerNumber(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private ProcessPlan infrastructure(
            Role role, String name, String address, List<String> options, List<String> mainAndArguments) {
        List<String> command = java(name, options);
        command.addAll(List.of("-cp", installation.ownClassPath()));
        command.addAll(mainAndArguments);
        command.add(directory.ready(name).toString());
        return new ProcessPlan(name, role, address, command, Map.of(), Readiness.file(directory.ready(name)));
    }

    private ProcessPlan service(
            Role role,
            String name,
            int port,
            List<String> options,
            String bootstrapServers,
            Map<String, String> settings) {
        Path jar = installation.builtJar(role, TrainerEngine.DL4J);
        return service(role, jar, name, port, options, bootstrapServers, settings);
    }

    private ProcessPlan service(
            Role role,
            Path jar,
            String name,
            int port,
            List<String> options,
            String bootstrapServers,
            Map<String, String> settings) {
        int management = ports.applyAsInt(management(name));
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        // The stack's own broker asks for no credentials, whatever KAFKA_* settings the shell has for another one.
        environment.put("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT");
        environment.put("QUARKUS_HTTP_HOST", LOOPBACK);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        List<String> command = java(name, options);
        if (role != Role.SUGGESTER) {
            // The suggester ends the study whose sampler has run out of memory, and itself only for its own lack of it.
            command.add("-XX:+ExitOnOutOfMemoryError");
        }
        command.addAll(List.of("-jar", jar.toString()));
        String address = "http://" + LOOPBACK + ":" + (role == Role.TRAINER ? management : port);
        return new ProcessPlan(name, role, address, command, environment, Readiness.health(management));
    }

    private List<String> java(String name, List<String> options) {
        List<String> command = new ArrayList<>(installation.java());
        command.add(StackMark.of(directory, name));
        command.addAll(options);
        return command;
    }
}
