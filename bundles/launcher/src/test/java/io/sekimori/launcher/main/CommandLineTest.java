package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    /** The installer looks for them there. */
    @Test
    void theJarListsItsCommands() throws Exception {
        Path listed = Path.of(CommandLine.class
                .getResource("/META-INF/sekimori/commands/slot")
                .toURI());

        try (Stream<Path> commands = Files.list(listed.getParent())) {
            assertThat(commands.map(command -> command.getFileName().toString()))
                    .containsExactlyInAnyOrder("run", "verify", "slot")
                    .allMatch(command -> CommandLine.HELP.contains("\n" + command + " "))
                    .allMatch(command ->
                            CommandLine.parse(List.of(command)).equals(new CommandLine.Wrong("--unit is missing")));
        }
    }

    @Test
    void runTakesAUnit() {
        assertThat(parse("run --unit /u"))
                .isEqualTo(new CommandLine.Run(
                        new RunOptions(Path.of("/u"), RunOptions.TRIAL_LIMIT, RunOptions.STOP_LIMIT)));
    }

    @Test
    void limitsAreInSeconds() {
        assertThat(parse("run --unit /u --trial-limit 60 --stop-limit 5"))
                .isEqualTo(new CommandLine.Run(
                        new RunOptions(Path.of("/u"), Duration.ofMinutes(1), Duration.ofSeconds(5))));
    }

    @Test
    void verifyTakesAUnitAndANumber() {
        assertThat(parse("verify --unit /u --generation 12")).isEqualTo(new CommandLine.Verify(Path.of("/u"), 12));
    }

    @Test
    void slotTakesAUnit() {
        assertThat(parse("slot --unit /u")).isEqualTo(new CommandLine.BringSlot(Path.of("/u")));
    }

    @Test
    void helpIsHelp() {
        assertThat(parse("--help")).isInstanceOf(CommandLine.Help.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "run",
                "run --unit",
                "run --unit /u --unit /v",
                "run --unit /u --generation 1",
                "run --unit /u --trial-limit 0",
                "run --unit /u --stop-limit soon",
                "verify --unit /u",
                "verify --unit /u --generation 0",
                "verify --unit /u --generation x",
                "verify --generation 1",
                "slot",
                "slot --unit /u --generation 1",
                "run extra --unit /u"
            })
    void everythingElseIsWrong(String arguments) {
        assertThat(parse(arguments)).isInstanceOf(CommandLine.Wrong.class);
    }

    private static CommandLine parse(String arguments) {
        return CommandLine.parse(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
    }
}
