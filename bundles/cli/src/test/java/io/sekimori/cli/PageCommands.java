package io.sekimori.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands that a page of the documentation shows. */
final class PageCommands {

    private PageCommands() {}

    /** Each {@code sekimori} line of its shell blocks, without that word, in order. */
    static List<String> of(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && line.startsWith("sekimori ")) {
                commands.add(line.substring("sekimori ".length()));
            }
        }
        return commands;
    }
}
