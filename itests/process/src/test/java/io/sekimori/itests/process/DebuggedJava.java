package io.sekimori.itests.process;

import io.sekimori.generation.Slot;
import io.sekimori.generation.Unit;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java home whose {@code java} lets a debugger in before the gateway begins. */
final class DebuggedJava {

    private static final Pattern LISTENING = Pattern.compile("Listening for transport dt_socket at address: ([0-9]+)");
    private static final String AGENT = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0";

    private DebuggedJava() {}

    /** Puts it under every slot of the unit, in the place of the Java runtime that runs this test. */
    static void putUnder(Unit unit, Path home) throws IOException {
        Path java = home.resolve("bin/java");
        Files.createDirectories(java.getParent());
        // Only the gateway itself waits for the debugger: the launcher that verifies has an answer to print.
        Files.writeString(
                java,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        "case \" $* \" in",
                        "*' io.sekimori.launcher.main.Main run '*) set -- " + AGENT + " \"$@\" ;;",
                        "esac",
                        // Each lives for seconds: what would be compiled thoroughly is not run again.
                        "exec '" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 \"$@\"",
                        ""));
        if (!java.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + java + " executable");
        }
        try (DirectoryStream<Path> slots = Files.newDirectoryStream(unit.slots())) {
            for (Path slot : slots) {
                Path facts = slot.resolve("slot.json");
                Slot before = Slot.parse(Files.readAllBytes(facts));
                Files.write(facts, new Slot(home.toString(), before.files()).bytes());
            }
        } catch (MalformedJson e) {
            throw new IOException("a slot of the unit", e);
        }
    }

    /** What to do with the lines such a gateway prints: hand over the port whenever one waits. */
    static Consumer<String> listening(IntConsumer attach) {
        return line -> {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.matches()) {
                attach.accept(Integer.parseInt(matcher.group(1)));
            }
        };
    }
}
