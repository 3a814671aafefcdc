package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is not vouched for, or not any more, is refused, and changes neither store nor generation. */
record Refusals(Stage stage) {

    static final String GUEST = "io.sekimori.demo.guest";

    List<Line> lines() {
        return List.of(
                new Line("refused: an assignment with one byte of its signed part altered", this::alteredAssignment),
                new Line("refused: a jar with one byte altered in the pack", this::alteredJar),
                new Line("refused: a release that only the director vouches for, not the publisher", this::unsigned),
                new Line("refused: a release below the floor", this::belowTheFloor),
                new Line("refused: an assignment that has expired before it is accepted", this::expired),
                new Line("refused: a bundle that is installed around the update service", this::around),
                new Line("refused: to start a generation with a flipped byte in the store", this::flippedByte));
    }

    private String alteredAssignment() throws IOException, Broken {
        Path pack = stage.maker().pack(Maker.SERIAL, "--set", GUEST + "/" + well("0.1.1") + "@10");
        Path altered = AlteredPack.write(pack, "director/targets.json", AlteredPack.Change.SIGNED_PART);
        return refused(altered, "ASSIGNMENT_SIGNATURES");
    }

    private String alteredJar() throws IOException, Broken {
        Path pack = stage.maker().packAgain(Maker.SERIAL);
        Path altered = AlteredPack.write(pack, "targets/", AlteredPack.Change.MIDDLE);
        return refused(altered, "FILE_DIFFERS", "TARGET_HASH");
    }

    private String unsigned() throws IOException, Broken {
        // Somebody owns the console: a second publisher, unknown to the unit, releases what the true director assigns.
        Place stolen = new Place(
                stage.maker().place().home(), stage.maker().place().state().resolve("thief"));
        Tool tool = stage.maker().tool();
        tool.must("keys", "new", "--keys", stolen.keys(), "root", "targets", "snapshot", "timestamp");
        tool.must("release", "init", "--repository", stolen.repository(), "--keys", stolen.keys());
        Maker thief = new Maker(stolen, tool);
        thief.releaseProduct();
        thief.release(stage.maker().rebuild(GUEST, "9.9.9", Map.of()), "overlap");
        Footprint before = Footprint.of(stage.gateway().unit());
        Path pack = stolen.state().resolve("stolen.zip");
        Place real = stage.maker().place();
        tool.must(
                "director",
                "assign",
                "--director",
                real.director(),
                "--repository",
                stolen.repository(),
                "--keys",
                real.keys(),
                "--serial",
                Maker.SERIAL,
                "--feature",
                real.gatewayFeature(),
                "--feature",
                real.demoFeature(),
                "--set",
                GUEST + "/9.9.9@10");
        tool.must(
                "release",
                "pack",
                "--repository",
                stolen.repository(),
                "--director",
                real.director(),
                "--serial",
                Maker.SERIAL,
                "--out",
                pack);
        Outcome outcome = stage.apply(pack).mustFailFor("TIMESTAMP_SIGNATURES");
        stage.mustBeUnchanged(before);
        return outcome.code() + "; store and generation unchanged";
    }

    private String belowTheFloor() throws IOException, Broken {
        stage.maker().release(stage.maker().rebuild(GUEST, "0.2.0", Map.of()), "overlap", "--floor", floor());
        stage.update(whole("--set", GUEST + "/0.2.0@10")).mustBe("CONFIRMED");
        Path pack = stage.maker().pack(Maker.SERIAL, "--set", GUEST + "/0.1.1");
        return refused(pack, "BELOW_FLOOR");
    }

    private String expired() throws IOException, Broken {
        Clock longAgo = Clock.fixed(Instant.now().minus(Duration.ofDays(100)), ZoneOffset.UTC);
        Maker slow = stage.maker().at(stage.maker().tool().at(longAgo));
        return refused(slow.pack(Maker.SERIAL, "--set", GUEST + "/0.2.0"), "EXPIRED_ASSIGNMENT");
    }

    private String around() throws IOException, Broken {
        stage.maker()
                .release(stage.maker().rebuild(GUEST, "0.2.1", Map.of("Sekimori-Demo-Mood", "intruding")), "overlap");
        stage.update("--set", GUEST + "/0.2.1").mustBe("CONFIRMED");
        Tool.Answer status =
                stage.maker().tool().run("status", "--unit", stage.gateway().unit(), "--json");
        return "a running bundle installed one: it never resolved"
                + (status.out().contains("UNADMITTED_BUNDLE") ? ", and status names it" : "");
    }

    private String flippedByte() throws IOException, Broken {
        Gateway victim = stage.maker().unit("flipped");
        Path file = someBundle(victim);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        long began = System.nanoTime();
        OwnProcess process = victim.launch();
        victim.await("the launcher gives up", () -> process.alive().isEmpty());
        String status = stage.maker()
                .tool()
                .run("status", "--unit", victim.unit(), "--json")
                .out();
        if (!status.contains("FILE_DIFFERS")) {
            throw new Broken("status does not say FILE_DIFFERS: " + status);
        }
        return "FILE_DIFFERS after " + Stage.millis(Stage.since(began)) + ", before a class of it was loaded";
    }

    private static Path someBundle(Gateway victim) throws IOException, Broken {
        try (var files = Files.list(victim.unit().resolve("store/sha256"))) {
            return files.sorted().findFirst().orElseThrow(() -> new Broken("the store is empty"));
        }
    }

    private String refused(Path pack, String... codes) throws IOException, Broken {
        Footprint before = Footprint.of(stage.gateway().unit());
        Outcome outcome = stage.apply(pack).mustFailFor(codes);
        stage.mustBeUnchanged(before);
        return outcome.code() + "; store and generation unchanged";
    }

    /** What runs now, begun afresh from the features, since the newest assignment names what the thief released. */
    private Object[] whole(Object... changes) throws Broken {
        Place place = stage.maker().place();
        List<Object> words =
                new ArrayList<>(List.of("--feature", place.gatewayFeature(), "--feature", place.demoFeature()));
        try {
            for (JsonObject bundle : stage.maker()
                    .tool()
                    .must("bundles", "--unit", stage.gateway().unit(), "--json")
                    .json()
                    .objects("bundles")) {
                String name = bundle.string("symbolicName");
                words.addAll(
                        List.of("--set", name + "/" + bundle.string("version") + "@" + bundle.number("startLevel")));
            }
        } catch (MalformedJson e) {
            throw new Broken("the bundles cannot be read", e);
        }
        words.addAll(List.of(changes));
        return words.toArray();
    }

    private String well(String version) throws IOException, Broken {
        stage.maker().release(stage.maker().rebuild(GUEST, version, Map.of()), "overlap");
        return version;
    }

    private String floor() throws Broken {
        try {
            long highest = 0;
            for (JsonObject release : stage.maker()
                    .tool()
                    .must(
                            "release",
                            "show",
                            "--repository",
                            stage.maker().place().repository(),
                            "--json")
                    .json()
                    .objects("releases")) {
                if (release.string("symbolicName").equals(GUEST)) {
                    highest = Math.max(highest, release.number("counter"));
                }
            }
            return String.valueOf(highest + 1);
        } catch (MalformedJson e) {
            throw new Broken("the releases cannot be read", e);
        }
    }
}
