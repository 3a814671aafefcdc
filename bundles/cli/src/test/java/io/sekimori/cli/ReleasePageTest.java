package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives the commands of docs/release.md, as its readers would. */
class ReleasePageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "release.md");

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageWorksInTheOrderGiven() throws Exception {
        Factory factory = new Factory(directory);
        factory.jar("pump.jar", "org.acme.pump", "1.0.0", "first");
        Session session = factory.session().typing("a passphrase of some words");
        List<String> said = new ArrayList<>();

        List<String> commands = PageCommands.of(PAGE);
        for (String command : commands) {
            said.add(command + "\n" + session.must(command).out());
        }

        assertThat(commands).hasSizeGreaterThan(40);
        assertThat(said).anyMatch(each -> each.startsWith("release show") && each.contains("acme: org.acme.*/*/*.jar"));
        assertThat(said)
                .anyMatch(each -> each.startsWith("release sign --file root.json")
                        && each.contains("A root file, version 2")
                        && each.contains("snapshot 1 of ["));
        assertThat(said)
                .anyMatch(each -> each.startsWith("release sign --file to-sign.json")
                        && each.contains("delegates [org.acme.*/*/*.jar] to acme, 1 of ["));
        assertThat(session.must("release show --repository releases --json")
                        .json()
                        .object("roles")
                        .object("root")
                        .number("version"))
                .isEqualTo(3);
        assertThat(said)
                .anyMatch(each -> each.startsWith("release show")
                        && each.contains("root needs classical and post-quantum keys together.")
                        && each.contains("targets needs classical and post-quantum keys together."));
        assertThat(said)
                .anyMatch(each ->
                        each.startsWith("director join") && each.contains("Root 2 of the director is published"));
        assertThat(said).anyMatch(each -> each.startsWith("director show") && each.contains("root version 2"));
        assertThat(session.sekimori("release renew --repository releases --keys online")
                        .err())
                .startsWith("TOO_FEW_SIGNATURES:");
    }
}
