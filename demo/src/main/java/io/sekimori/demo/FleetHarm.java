package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What people do to gateways: a wrong setting, a hand on the disk, a key that is gone. */
record FleetHarm(FleetStage stage) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String CONNECTION = "io.sekimori.connection.mqtt";
    private static final String EDITED = "io.sekimori.kura";
    private static final int REVERTED = 6;

    List<Line> lines() {
        return List.of(
                new Line("a setting that cuts a gateway off takes itself back, and the console says why", this::cutOff),
                new Line("a bundle edited on disk while it runs is found, and shown at the console", this::edited),
                new Line("a destroyed key leaves nothing readable, nor in a copy made before", this::destroyed));
    }

    private String cutOff() throws IOException, Broken {
        long began = System.nanoTime();
        Tool.Answer answer = stage.tool()
                .run(
                        "config",
                        "set",
                        stage.id("gw-1"),
                        CONNECTION,
                        "broker=ssl://127.0.0.1:1",
                        "--trial",
                        "10",
                        "--reason",
                        "moved by mistake");
        if (answer.exit() != REVERTED || !answer.err().contains("CONSOLE_NOT_REACHED")) {
            throw new Broken("answered " + answer.exit() + ": " + answer.line());
        }
        Waiting.until(
                "gw-1 answers its console again",
                PATIENCE,
                () -> stage.tool()
                                .run("config", "show", stage.id("gw-1"), CONNECTION)
                                .exit()
                        == 0);
        return "REVERTED, CONSOLE_NOT_REACHED; answering again after "
                + Stage.since(began).toSeconds() + " s, 10 s of them its trial";
    }

    private String edited() throws IOException, Broken {
        Path file = stage.gateway("gw-2").unit().resolve("store/sha256").resolve(hash("gw-2", EDITED));
        byte[] right = Files.readAllBytes(file);
        if (!file.toFile().setWritable(true)) {
            throw new Broken("cannot edit " + file);
        }
        long began = System.nanoTime();
        try {
            Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            Waiting.until(
                    "the console shows it", PATIENCE, () -> code("gw-2", EDITED).equals("FILE_DIFFERS"));
        } finally {
            Files.write(file, right);
        }
        long seconds = Stage.since(began).toSeconds();
        Waiting.until(
                "it is vouched for again", PATIENCE, () -> code("gw-2", EDITED).isEmpty());
        return "FILE_DIFFERS at the console after " + seconds + " s; put right, it is vouched for again";
    }

    private String destroyed() throws IOException, Broken {
        String sensor = FleetCapabilities.SENSOR;
        Path unit = stage.gateway("gw-3").unit();
        Path folder = unit.resolve("data/io.sekimori.vault.sealed").resolve(sensor);
        Path copy = stage.place().state().resolve("copy-of-a-vault");
        long before = stage.vault("gw-3", sensor).bytes();
        if (before == 0) {
            throw new Broken("there is nothing to destroy");
        }
        copy(folder, copy);
        stage.tool().must("vault", "destroy", "--all", "--reason", "demo", "--unit", unit);
        long after = stage.vault("gw-3", sensor).bytes();
        copy(copy, folder);
        String code = stage.vault("gw-3", sensor).code();
        if (after != 0 || code.isEmpty()) {
            throw new Broken(after + " bytes are readable, and of the copy it is said: " + code);
        }
        stage.tool().must("vault", "destroy", sensor, "--reason", "begins anew", "--unit", unit);
        return before + " bytes gone at once; the copy put back: " + code;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private String hash(String serial, String bundle) throws Broken {
        try {
            return named(stage.known(serial), "symbolicName", bundle).string("sha256");
        } catch (MalformedJson e) {
            throw new Broken("the console's answer cannot be read", e);
        }
    }

    /** Why the bundle is not vouched for, as the console last heard; empty if it is. */
    private String code(String serial, String bundle) throws Broken {
        try {
            JsonObject status = stage.tool()
                    .must("gateways", "status", stage.id(serial), "--json")
                    .json();
            return named(status, "name", bundle).optionalString("code").orElse("");
        } catch (MalformedJson e) {
            throw new Broken("the console's answer cannot be read", e);
        }
    }

    private static JsonObject named(JsonObject of, String member, String name) throws MalformedJson, Broken {
        for (JsonObject bundle : of.objects("bundles")) {
            if (bundle.string(member).equals(name)) {
                return bundle;
            }
        }
        throw new Broken("nothing is said of " + name);
    }
}
