package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Each capability is replaced on a gateway that works and is used through its console. Confined to one thread. */
final class FleetCapabilities {

    static final String SENSOR = "io.sekimori.example.sensor";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String FIRST = "0.1.0";
    private static final String NEXT = "0.1.1";
    private static final String AUDIT = "io.sekimori.audit.chain";
    private static final String SETTINGS = "io.sekimori.settings";

    /** What somebody at the gateway's own page uses. */
    private static final List<String> PAGE = List.of("io.sekimori.access.people", "io.sekimori.local");

    /** The bundles, each with the calls that it answers on the gateway itself. */
    private static final Map<String, String> CALLED = new TreeMap<>(Map.of(
            "io.sekimori.vault.sealed", "vault",
            "io.sekimori.status.signed", "status",
            "io.sekimori.ports.linux", "ports",
            "io.sekimori.identity.device", "identity"));

    private final FleetStage stage;
    private final Map<String, String> figures = new TreeMap<>();

    FleetCapabilities(FleetStage stage) {
        this.stage = stage;
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>(List.of(
                new Line("a bundle of one's own, a sensor, is rolled out and keeps what it measures", this::sensor),
                new Line("the console sets how often it measures, and the gateway proves it", this::configure),
                new Line("eight capabilities are replaced on a gateway that works and is used", this::replace)));
        for (String name : swapped()) {
            lines.add(new Line(name + " was replaced in use", () -> figure(name)));
        }
        return lines;
    }

    private String sensor() throws IOException, Broken {
        stage.release("overlap", stage.built(SENSOR));
        RolloutRun run = RolloutRun.begin(stage, "sensor", "--set", SENSOR + "/" + FIRST, "--all")
                .awaitState("DONE")
                .mustAddUp();
        for (String serial : FleetStage.SERIALS) {
            Waiting.until("the sensor of " + serial + " keeps something", PATIENCE, () -> kept(serial) > 0);
        }
        return "3 of 3 gateways in " + run.seconds() + " s, " + kept("gw-1") + " bytes in the vault of gw-1";
    }

    private String configure() throws IOException, Broken {
        awaitAnswer("gw-3");
        long began = System.nanoTime();
        stage.tool()
                .must("config", "set", stage.id("gw-3"), SENSOR, "interval.seconds=86400", "--reason", "once a day");
        String shown =
                stage.tool().must("config", "show", stage.id("gw-3"), SENSOR).line();
        if (!shown.matches(".*interval\\.seconds +86400\\b.*")) {
            throw new Broken("gw-3 says: " + shown);
        }
        return "confirmed by gw-3 in " + Stage.millis(Stage.since(began));
    }

    private String replace() throws IOException, Broken {
        List<Object> words = new ArrayList<>(List.of("--gateways", stage.id("gw-1")));
        List<Path> jars = new ArrayList<>();
        for (String name : swapped()) {
            jars.add(stage.rebuild(name, NEXT));
            words.addAll(List.of("--set", name + "/" + NEXT));
        }
        stage.release("overlap", jars.toArray(Path[]::new));
        List<String> settings = List.of("config", "show", stage.id("gw-1"));
        List<String> status = List.of("gateways", "status", stage.id("gw-1"));
        Waiting.until(
                "gw-1 has told how it is",
                PATIENCE,
                () -> stage.tool().run(status.toArray()).exit() == 0);
        awaitAnswer("gw-1");
        long before = kept("gw-1");
        Traffic traffic = new Traffic(stage.gateway("gw-1"));
        traffic.begin(AUDIT, CALLED.values().toArray(String[]::new));
        traffic.awaitCalls(8);
        PagePerson person = PagePerson.signedIn(
                stage.gateway("gw-1").unit(), stage.place().state().resolve("gw-1.activation.json"));
        try (SteadyUse use = new SteadyUse(
                        List.of(SteadyUse.command(stage.tool(), settings), SteadyUse.command(stage.tool(), status)));
                SteadyUse page =
                        new SteadyUse(List.of(person.asking("/v1/session"), person.asking("/v1/local/facts")))) {
            use.awaitRound();
            page.awaitRound();
            RolloutRun run = RolloutRun.begin(stage, "capabilities " + NEXT, words.toArray())
                    .awaitState("DONE")
                    .mustAddUp();
            traffic.awaitCalls(8);
            use.awaitRound();
            page.awaitRound();
            for (Map.Entry<String, String> each : CALLED.entrySet()) {
                figures.put(
                        each.getKey(),
                        traffic.count(each.getValue()).withoutLoss().toString());
            }
            figures.put(SETTINGS, use.withoutLoss() + " requests of the console, 0 lost");
            String asked = page.withoutLoss() + " requests of one sign-in at its page, 0 lost";
            PAGE.forEach(name -> figures.put(name, asked));
            return run.count("CONFIRMED") + " gateway confirmed in " + run.seconds() + " s; " + sensorKept(before);
        }
    }

    /** Since the console was restored, a gateway may still pause before it connects again. */
    private void awaitAnswer(String serial) throws IOException, Broken {
        Waiting.until(
                serial + " answers its console",
                PATIENCE,
                () -> stage.tool().run("config", "show", stage.id(serial)).exit() == 0);
    }

    private String sensorKept(long before) throws IOException, Broken {
        // The version that came measures at once, and puts it behind what the one before had kept.
        Waiting.until("the next version of the sensor keeps something", PATIENCE, () -> kept("gw-1") > before);
        String figure = before + " bytes kept before, " + kept("gw-1") + " after";
        figures.put(SENSOR, figure);
        return figure;
    }

    private String figure(String name) throws Broken {
        String figure = figures.get(name);
        if (figure == null) {
            throw new Broken("it was not, or not without loss");
        }
        String proved = stage.proved("gw-1", name);
        if (!proved.equals(NEXT)) {
            throw new Broken("gw-1 proves " + proved);
        }
        return NEXT + ", " + figure;
    }

    private static List<String> swapped() {
        List<String> all = new ArrayList<>(CALLED.keySet());
        all.addAll(List.of(SETTINGS, SENSOR));
        all.addAll(PAGE);
        return all;
    }

    private long kept(String serial) throws Broken {
        return stage.vault(serial, SENSOR).bytes();
    }
}
