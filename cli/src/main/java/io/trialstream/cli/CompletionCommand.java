package io.trialstream.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a script that completes this command in a shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Write a script that completes commands and options in a shell.",
            "bash: source <(trialstream completion bash)",
            "zsh: source <(trialstream completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Session session) {
        this.session = session;
    }

    /** A shell. The script serves both: in zsh it loads zsh's own support for bash's completions first. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        session.terminal()
                .lines(AutoComplete.bash("trialstream", spec.root().commandLine())
                        .lines()
                        .toList());
        return 0;
    }
}
