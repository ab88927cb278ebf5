package io.trialstream.cli;

import io.trialstream.cli.client.ProblemException;
import io.trialstream.cli.client.UnexpectedAnswerException;
import io.trialstream.cli.client.UnreachableException;
import io.trialstream.cli.stack.StackException;
import io.trialstream.cli.view.ProblemLines;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells the user why a command failed, in a line or two; only what nobody foresaw comes with a stack trace. */
final class Failures implements IExecutionExceptionHandler {
    static final int EXIT_CODE = 1;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        linesOf(failure).forEach(command.getErr()::println);
        if (!isForeseen(failure)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return EXIT_CODE;
    }

    private static List<String> linesOf(Exception failure) {
        if (failure instanceof ProblemException refused) {
            return ProblemLines.of(refused.problem());
        }
        if (failure instanceof UnreachableException) {
            return List.of(failure.getMessage(), "is the stack running? see: trialstream status");
        }
        return isForeseen(failure) ? List.of(failure.getMessage()) : List.of("this should not have happened:");
    }

    private static boolean isForeseen(Exception failure) {
        return failure instanceof CommandException
                || failure instanceof StackException
                || failure instanceof ProblemException
                || failure instanceof UnreachableException
                || failure instanceof UnexpectedAnswerException;
    }
}
