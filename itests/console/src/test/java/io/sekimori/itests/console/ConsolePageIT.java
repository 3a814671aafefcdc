package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.itests.support.BundleJar;
import io.sekimori.records.kit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/console.md}, read from top to bottom and believed: real processes, real ports, a real PostgreSQL. */
class ConsolePageIT {

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageWorksInTheOrderGiven() throws Exception {
        Page page = Page.read(Terminal.clone("docs/console.md"));
        assertThat(page.commands()).hasSizeGreaterThan(20);
        int port = FreePorts.next();
        try (PostgresServer server = PostgresServer.start(port);
                Terminal terminal = new Terminal(directory)) {
            server.execute("create database sekimori");
            server.passwordFile(directory.resolve("password"));
            nextRelease();
            Reader reader = new Reader(terminal, FreePorts.next(), FreePorts.next(), port);

            for (String command : page.commands()) {
                reader.give(command);
            }

            assertThat(reader.given()).isEqualTo(page.commands());
        }
    }

    /** What the page calls {@code next.jar}: the next version of a bundle that the gateway has. */
    private void nextRelease() throws Exception {
        try (Stream<Path> shipped = Files.list(Terminal.clone("distrib/target/bundles"))) {
            List<Path> audit = shipped.filter(
                            jar -> jar.getFileName().toString().startsWith("io.sekimori.audit.chain-"))
                    .toList();
            assertThat(audit).hasSize(1);
            Path next = BundleJar.of(audit.get(0)).version("0.2.0").into(directory);
            Files.move(next, directory.resolve("next.jar"));
        }
    }
}
