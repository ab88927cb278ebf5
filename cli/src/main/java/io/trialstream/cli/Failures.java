package io.trialstream.cli;

import io.trialstream.cli.client.Problem;
import io.trialstream.cli.client.ProblemException;
import io.trialstream.cli.client.UnexpectedAnswerException;
import io.trialstream.cli.client.UnreachableException;
import io.trialstream.cli.stack.StackException;
import io.trialstream.cli.view.ProblemLines;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells the user why a command failed and what helps, in a line or two; a stack trace comes only with a bug. */
final class Failures implements IExecutionExceptionHandler {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        linesOf(failure).forEach(command.getErr()::println);
        if (!isForeseen(failure)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return failure instanceof CommandException told ? told.exitCode() : ExitCodes.FAILURE;
    }

    private static List<String> linesOf(Exception failure) {
        if (failure instanceof ProblemException refused) {
            return linesOf(refused.problem());
        }
        if (failure instanceof UnreachableException) {
            return List.of(
                    failure.getMessage(),
                    "to see what runs here: trialstream status (with --data-dir for a stack in another directory);"
                            + " to use another server: --url or " + Server.VARIABLE);
        }
        return isForeseen(failure)
                ? List.of(failure.getMessage())
                : List.of("this is a bug in trialstream; please report it with these lines:");
    }

    private static List<String> linesOf(Problem problem) {
        List<String> lines = new ArrayList<>(ProblemLines.of(problem));
        if (problem.status() == UNAUTHORIZED) {
            lines.add("set " + Server.API_KEY + " to an API key of this server");
        } else if (problem.status() == FORBIDDEN) {
            lines.add("set " + Server.API_KEY + " to an API key with the required role");
        }
        return lines;
    }

    private static boolean isForeseen(Exception failure) {
        return failure instanceof CommandException
                || failure instanceof StackException
                || failure instanceof ProblemException
                || failure instanceof UnreachableException
                || failure instanceof UnexpectedAnswerException;
    }
}
