package io.sekimori.cli.console;

import io.sekimori.cli.Distribution;
import io.sekimori.cli.Failure;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The unit that a console runs as, made as a factory makes one, by a publisher of its own. Confined to one thread.
 *
 * @param configured more configurations, {@code PID:NAME=VALUE}
 */
record OwnUnit(
        OwnCommands commands,
        ConsoleHome home,
        ConsoleFacts.Endpoint https,
        ConsoleFacts.Endpoint mqtt,
        String account,
        List<String> configured) {

    private static final String MODEL = "SEKIMORI-CONSOLE";

    /** Makes it, with its publisher and director. */
    void make(List<Path> jars) throws IOException, Failure {
        Path keys = home.own().resolve("keys");
        Path releases = home.own().resolve("releases");
        Path director = home.own().resolve("director");
        commands.give(
                "keys", "new", "--keys", keys, "root", "targets", "snapshot", "timestamp", "director-root", "director");
        commands.give("release", "init", "--repository", releases, "--keys", keys);
        commands.give(
                "director",
                "init",
                "--director",
                director,
                "--keys",
                keys,
                "--root",
                "director-root",
                "--targets",
                "director");
        software(jars);
    }

    /** Once more, as when a console is restored: its device is another one from now on. */
    void again(List<Path> jars) throws IOException, Failure {
        software(jars, "--again");
    }

    private void software(List<Path> jars, String... more) throws IOException, Failure {
        Path keys = home.own().resolve("keys");
        Path releases = home.own().resolve("releases");
        List<Object> add = new ArrayList<>(List.of(
                "release",
                "add",
                "--repository",
                releases,
                "--feature",
                Distribution.ofProcess().consoleFeature()));
        jars.forEach(folder -> add.addAll(List.of("--jars", folder)));
        commands.give(add.toArray());
        boolean anything = Files.exists(releases.resolve("staged").resolve("targets.json"));
        commands.give("release", anything ? "sign" : "renew", "--repository", releases, "--keys", keys);
        List<Object> factory = new ArrayList<>(List.of(
                "factory",
                "--unit",
                home.unit(),
                "--repository",
                releases,
                "--director",
                home.own().resolve("director"),
                "--keys",
                keys,
                "--model",
                MODEL,
                "--serial",
                "console-1",
                "--feature",
                Distribution.ofProcess().consoleFeature()));
        configurations().forEach(words -> factory.addAll(List.of("--configure", words)));
        configured.forEach(words -> factory.addAll(List.of("--configure", words)));
        factory.addAll(List.of(more));
        commands.give(factory.toArray());
    }

    private List<String> configurations() throws IOException {
        return List.of(
                "io.sekimori.authority.ca:console=" + https.uri("https"),
                "io.sekimori.authority.ca:broker=" + mqtt.uri("ssl"),
                "io.sekimori.authority.ca:account=" + account,
                "io.sekimori.authority.ca:root.sha256="
                        + Sha256.hex(ReleaseRepository.open(home.releases()).anchor()),
                "io.sekimori.link:broker=" + mqtt.uri("ssl"),
                "io.sekimori.link:account=" + account,
                "io.sekimori.web.jetty:host=" + https.host(),
                "io.sekimori.web.jetty:port=" + https.port());
    }
}
