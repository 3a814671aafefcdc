package io.sekimori.itests.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a page of the documentation has a reader type: the lines of its {@code sh} blocks, one command each.
 *
 * @param commands in the order of the page
 */
record Page(List<String> commands) {

    private static final String FENCE = "```";

    /** Reads a page; a block of another kind than {@code sh} or {@code text} would hide commands, and is refused. */
    static Page read(Path file) throws IOException {
        List<String> commands = new ArrayList<>();
        String block = "";
        for (String line : Files.readAllLines(file)) {
            if (line.strip().startsWith(FENCE)) {
                block = block.isEmpty() ? opened(line) : "";
            } else if (block.equals("sh")) {
                if (line.isBlank() || line.endsWith("\\")) {
                    throw new IOException("not one command on one line: " + line);
                }
                commands.add(line);
            }
        }
        return new Page(List.copyOf(commands));
    }

    private static String opened(String line) throws IOException {
        String kind = line.substring(FENCE.length());
        if (!kind.equals("sh") && !kind.equals("text")) {
            throw new IOException("a block is sh or text, not: " + line);
        }
        return kind;
    }
}
