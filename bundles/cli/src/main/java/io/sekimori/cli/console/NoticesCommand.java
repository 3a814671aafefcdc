package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori notices}: whom a console told, what did not arrive and why; a test, and once more what did not. */
@Command(name = "notices")
public final class NoticesCommand implements Runnable {

    private static final String PATH = "/v1/notices";
    private static final int USUAL_MOST = 20;

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public NoticesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "list")
    int list(
            @Mixin JsonOption json,
            @Option(names = "--most", paramLabel = "N", descriptionKey = "list.most") Optional<Integer> most)
            throws IOException, Failure, MalformedJson {
        ConsoleClient console = ConsoleClient.signedIn(shell);
        List<JsonObject> notices = Groups.all(console, PATH, Map.of(), most.orElse(USUAL_MOST));
        if (json.wanted()) {
            shell.json(Map.of("notices", notices.stream().map(JsonObject::asMap).toList()));
            return ExitCode.OK.number();
        }
        for (JsonObject notice : notices) {
            tell(notice);
        }
        if (notices.isEmpty()) {
            shell.tell("notices.none");
        }
        return ExitCode.OK.number();
    }

    private void tell(JsonObject notice) throws MalformedJson {
        shell.say(notice.string("id") + "  " + notice.string("begun") + "  " + notice.string("kind") + " ("
                + notice.number("count") + ")");
        if (!notice.bool("handedOut")) {
            shell.tell("notices.collected", notice.string("ready"));
        }
        for (JsonObject told : notice.objects("told")) {
            shell.say("  " + told.string("state") + "  " + told.string("to"));
            if (told.has("code")) {
                shell.say("    " + told.string("code") + ": " + told.string("detail"));
                shell.tell("notices.tries", told.number("tries"), told.string("last"));
            }
            if (told.has("code") && told.has("next")) {
                shell.tell("notices.next", told.string("next"));
            }
        }
    }

    @Command(name = "test")
    int test(
            @Parameters(paramLabel = "MEDIUM", descriptionKey = "notices.medium") String medium, @Mixin JsonOption json)
            throws IOException, Failure, MalformedJson {
        JsonObject made = ConsoleClient.signedIn(shell)
                .post(PATH + "/tests", Map.of("medium", medium))
                .json();
        if (json.wanted()) {
            shell.json(made.asMap());
        } else {
            shell.tell("notices.tested", made.string("id"));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "again")
    int again(@Parameters(paramLabel = "ID", descriptionKey = "notices.id") String id)
            throws IOException, Failure, MalformedJson {
        JsonObject done = ConsoleClient.signedIn(shell)
                .post(PATH + "/" + id + "/again", Map.of())
                .json();
        shell.tell("notices.again", done.number("recipients"));
        return ExitCode.OK.number();
    }
}
