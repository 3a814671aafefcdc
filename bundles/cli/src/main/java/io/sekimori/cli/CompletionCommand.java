package io.sekimori.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code sekimori completion}: the script that teaches bash (and zsh) our words. */
@Command(name = "completion")
final class CompletionCommand implements Callable<Integer> {

    private final Shell shell;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.say(AutoComplete.bash("sekimori", Commands.whole(shell)));
        return ExitCode.OK.number();
    }
}
