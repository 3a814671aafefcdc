package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @Test
    void everyCommandAndOptionIsExplainedInBothLanguages() {
        for (String language : List.of("C.UTF-8", "ja_JP.UTF-8")) {
            for (CommandLine command : all(Commands.whole(shell(language)))) {
                CommandSpec spec = command.getCommandSpec();
                assertThat(command.getUsageMessage()).as(spec.qualifiedName()).contains("\n");
                assertThat(spec.usageMessage().header())
                        .as(spec.qualifiedName())
                        .isNotEmpty();
                spec.options()
                        .forEach(option -> assertThat(option.description())
                                .as(spec.qualifiedName() + " " + option.longestName())
                                .isNotEmpty());
                spec.positionalParameters()
                        .forEach(parameter -> assertThat(parameter.description())
                                .as(spec.qualifiedName() + " " + parameter.paramLabel())
                                .isNotEmpty());
            }
        }
    }

    @Test
    void everyHelpNamesTheExitCodes() {
        for (String command : List.of("", "keys new", "release add", "factory", "update apply", "status")) {
            assertThat(new Session(HERE).sekimori(command + " --help").out())
                    .contains("Exit codes:")
                    .contains("the gateway does not answer");
        }
    }

    @Test
    void aGatewayEndsWithTheLaunchersCodes() {
        assertThat(new Session(HERE).sekimori("gateway run --help").out())
                .contains("20-24")
                .doesNotContain("the gateway does not answer");
    }

    @Test
    void aDirectorHasTwoRolesOnly() {
        assertThat(new Session(HERE).sekimori("director init --help").out())
                .contains("--targets")
                .doesNotContain("--snapshot")
                .doesNotContain("--timestamp");
        assertThat(new Session(HERE).sekimori("release init --help").out()).contains("--snapshot");
    }

    @Test
    void anUnknownCommandIsWrongUsage() {
        Session.Result result = new Session(HERE).sekimori("relase");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("USAGE:").contains("release");
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(new Session(HERE).sekimori("").exit()).isEqualTo(2);
        assertThat(new Session(HERE).sekimori("keys").exit()).isEqualTo(2);
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        assertThat(new Session(HERE).sekimori("status --colour").exit()).isEqualTo(2);
    }

    @Test
    void japaneseIsSpokenWhereItIsAskedFor() {
        assertThat(new Session(HERE)
                        .speaking("ja_JP.UTF-8")
                        .sekimori("status --unit nowhere")
                        .err())
                .contains("装置のディレクトリではありません");
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(new Session(HERE).must("completion").out())
                .contains("support-bundle")
                .contains("complete -F");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(new Session(HERE).must("--version").out()).matches("sekimori \\d+\\.\\d+\\.\\d+\\R");
    }

    private static List<CommandLine> all(CommandLine root) {
        List<CommandLine> all = new ArrayList<>(List.of(root));
        root.getSubcommands().values().forEach(command -> all.addAll(all(command)));
        return all;
    }

    private static Shell shell(String language) {
        return new Shell(System.out, System.err, false, Map.of("LANG", language), Clock.systemUTC(), HERE);
    }
}
