package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "cli.md");

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageWorksInTheOrderGiven() throws IOException {
        Factory factory = new Factory(directory);
        factory.jar("next.jar", "org.example.meter", "1.1.0", "second");

        List<String> commands = commands();

        assertThat(commands).hasSizeGreaterThan(15);
        commands.forEach(command -> factory.session().must(command));
    }

    @Test
    void thePageHasEveryExitCode() throws IOException {
        String page = Files.readString(PAGE);

        for (ExitCode code : ExitCode.values()) {
            assertThat(page).contains("| " + code.number() + " |");
        }
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && line.startsWith("sekimori ")) {
                commands.add(line.substring("sekimori ".length()));
            }
        }
        return commands;
    }
}
