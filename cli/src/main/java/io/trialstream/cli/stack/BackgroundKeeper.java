package io.trialstream.cli.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts a {@link KeeperMain} and follows it until the stack serves. */
final class BackgroundKeeper {
    /** Of its log. */
    static final String NAME = "keeper";

    static final long END_SECONDS = 150;

    /** It only waits and reads a small file: what a JVM takes by default would be waste. */
    private static final List<String> SMALL =
            List.of("-Xmx32m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8");

    private final KeeperArguments arguments;
    private final Consumer<String> narrator;
    private final List<String> failure = new ArrayList<>();

    BackgroundKeeper(KeeperArguments arguments, Consumer<String> narrator) {
        this.arguments = arguments;
        this.narrator = narrator;
    }

    /**
     * Returns when the stack is kept and serves; throws when it could not be started, and then nothing of it runs. When
     * this command is told to end meanwhile, so is the keeper, and with it what it has started.
     *
     * @return false when the stack has another keeper
     */
    boolean start() {
        Process keeper = spawn();
        Thread hook = new Thread(() -> end(keeper), "keeper-end");
        Runtime.getRuntime().addShutdownHook(hook);
        follow(keeper);
        release(hook);
        if (keeps(keeper)) {
            return true;
        }
        int exitCode = awaitEnd(keeper);
        if (exitCode == 0) {
            return false;
        }
        throw new StackException(
                failure.isEmpty()
                        ? "the process that was starting the stack has ended with " + exitCode + "; its log: "
                                + arguments.directory().log(NAME)
                        : String.join("\n", failure));
    }

    private Process spawn() {
        List<String> command = new ArrayList<>(arguments.installation().java());
        command.addAll(SMALL);
        command.addAll(List.of("-cp", arguments.installation().ownClassPath(), KeeperMain.class.getName()));
        command.addAll(arguments.toList());
        try {
            return new ProcessBuilder(OwnSession.wrap(command))
                    .directory(arguments.directory().root().toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            arguments.directory().log(NAME).toFile()))
                    .start();
        } catch (IOException e) {
            throw new StackException("cannot start the stack's keeper: " + e.getMessage(), e);
        }
    }

    private void follow(Process keeper) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(keeper.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(KeeperMain.FAILURE)) {
                    failure.add(line.substring(KeeperMain.FAILURE.length()));
                } else {
                    narrator.accept(line);
                }
            }
        } catch (IOException gone) {
            // Its state tells how it went.
        }
    }

    private boolean keeps(Process keeper) {
        return keeper.isAlive()
                && new StateFile(arguments.directory())
                        .read()
                        .filter(stack -> stack.phase() == Phase.RUNNING)
                        .filter(stack -> stack.keeper().pid() == keeper.pid())
                        .isPresent();
    }

    private static int awaitEnd(Process keeper) {
        try {
            return keeper.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted");
        }
    }

    private static void end(Process keeper) {
        keeper.destroy();
        try {
            keeper.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook ends the keeper, and this process with it.
            awaitForEver();
        }
    }

    private static void awaitForEver() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
