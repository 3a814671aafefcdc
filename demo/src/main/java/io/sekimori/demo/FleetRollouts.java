package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The same replacement, ordered from afar. */
record FleetRollouts(FleetStage stage) {

    private static final String EVENT_ADMIN = "org.apache.felix.eventadmin";
    private static final String AUDIT = "io.sekimori.audit.chain";
    private static final String KEYS = "io.sekimori.keys.file";
    private static final String CONFIG = "io.sekimori.config.admin";
    private static final String SOCKET = "io.sekimori.control.socket";
    private static final String NEXT = "0.1.1";
    private static final long LARGE = 3L << 20;
    private static final int TOO_SMALL_KIB = 2_000;

    List<Line> lines() {
        return List.of(
                new Line("a bundle from Maven Central is rolled out, one gateway first", () -> thirdParty(0)),
                new Line("its next release replaces it on all three", () -> thirdParty(1)),
                new Line("a capability is swapped under load while the broker is killed", this::brokerKilled),
                new Line(
                        "a gateway whose disk takes no large file stops the rollout; the others are not touched",
                        this::badDisk),
                new Line("a gateway that was off catches up when it comes back", this::wasOff),
                new Line("the console's own pages are replaced; no gateway loses its connection", this::ownPages),
                new Line("the console is lost and restored from its backup; the gateways obey it", this::restored));
    }

    private String thirdParty(int which) throws IOException, Broken {
        List<Path> jars = releases();
        if (which == 0) {
            stage.release("replace", jars.get(0));
            stage.release("replace", jars.get(1));
        }
        String version = jars.get(which)
                .getFileName()
                .toString()
                .replace(EVENT_ADMIN + "-", "")
                .replace(".jar", "");
        RolloutRun run = RolloutRun.begin(
                        stage, "event admin " + version, "--set", EVENT_ADMIN + "/" + version, "--all", "--waves", "1")
                .awaitState("DONE")
                .mustAddUp();
        confirmed(run, EVENT_ADMIN, version);
        return version + " on 3 of 3 gateways in 2 waves, proved, in " + run.seconds() + " s";
    }

    private String brokerKilled() throws IOException, Broken {
        stage.release("overlap", stage.rebuild(AUDIT, NEXT));
        Traffic traffic = new Traffic(stage.gateway("gw-1"));
        traffic.begin(AUDIT);
        traffic.awaitCalls(8);
        RolloutRun run = RolloutRun.begin(stage, "audit " + NEXT, "--set", AUDIT + "/" + NEXT, "--all");
        stage.console().killBroker();
        run.awaitState("DONE").mustAddUp();
        confirmed(run, AUDIT, NEXT);
        traffic.awaitCalls(8);
        return traffic.count().withoutLoss() + " on gw-1; 3 of 3 confirmed in " + run.seconds()
                + " s though the broker was killed and started again";
    }

    private String badDisk() throws IOException, Broken {
        Path jar = stage.place().jars().resolve(KEYS + "-" + NEXT + ".jar");
        Rebuilt.padded(stage.rebuild(KEYS, NEXT), LARGE);
        stage.release("overlap", jar);
        Gateway bad = stage.gateway("gw-3");
        bad.stop();
        bad.startWithFileLimit(TOO_SMALL_KIB);
        String order = stage.id("gw-3") + "," + stage.id("gw-1") + "," + stage.id("gw-2");
        RolloutRun run = RolloutRun.begin(
                        stage, "keys " + NEXT, "--set", KEYS + "/" + NEXT, "--gateways", order, "--waves", "1")
                .awaitState("HALTED")
                .mustAddUp();
        if (run.count("WAITING") != 2) {
            throw new Broken("the others did not wait: " + run.count("WAITING"));
        }
        String code = run.code("gw-3");
        String halted = run.text("reason");
        bad.stop();
        bad.start();
        return "gw-3 " + code + ", rollout " + halted + " after " + run.seconds() + " s, 2 of 3 not touched";
    }

    private String wasOff() throws IOException, Broken {
        stage.release("overlap", stage.rebuild(CONFIG, NEXT));
        stage.gateway("gw-2").stop();
        RolloutRun run = RolloutRun.begin(stage, "config " + NEXT, "--set", CONFIG + "/" + NEXT, "--all")
                .awaitCount("CONFIRMED", 2)
                .mustAddUp();
        long two = run.seconds();
        stage.gateway("gw-2").start();
        run.awaitState("DONE").mustAddUp();
        confirmed(run, CONFIG, NEXT);
        return "2 confirmed after " + two + " s, the third after it was started, " + run.seconds() + " s in all";
    }

    private String ownPages() throws IOException, Broken {
        Path own = stage.console().directory().resolve("offline").resolve("console");
        Path unit = stage.console().directory().resolve("unit");
        String pages = "io.sekimori.pages";
        Path jar = stage.place().jars().resolve(pages + "-" + NEXT + ".jar");
        Path built = stage.place().home().resolve("distrib/console/target/bundles/" + pages + "-0.1.0.jar");
        Rebuilt.jar(built, jar, java.util.Map.of("Bundle-Version", NEXT));
        Tool tool = stage.tool();
        tool.must("release", "add", "--repository", own.resolve("releases"), "--swap", "overlap", jar);
        tool.must("release", "sign", "--repository", own.resolve("releases"), "--keys", own.resolve("keys"));
        tool.must(
                "director",
                "assign",
                "--director",
                own.resolve("director"),
                "--repository",
                own.resolve("releases"),
                "--keys",
                own.resolve("keys"),
                "--serial",
                "console-1",
                "--set",
                pages + "/" + NEXT);
        Path pack = stage.place().packs().resolve("console-pages.zip");
        Files.createDirectories(pack.getParent());
        Files.deleteIfExists(pack);
        tool.must(
                "release",
                "pack",
                "--repository",
                own.resolve("releases"),
                "--director",
                own.resolve("director"),
                "--serial",
                "console-1",
                "--unit",
                unit,
                "--out",
                pack);
        String before = births();
        Outcome.of(tool.run("update", "apply", pack, "--unit", unit, "--json")).mustBe("CONFIRMED");
        String after = births();
        if (!after.equals(before)) {
            throw new Broken("connections changed: " + before + " -> " + after);
        }
        return "pages " + NEXT + " confirmed on the console, " + FleetStage.SERIALS.size()
                + " gateways stayed connected";
    }

    private String restored() throws IOException, Broken {
        Path lost = stage.console().directory();
        Path backup = stage.place().state().resolve("console.backup");
        Path medium = stage.place().state().resolve("medium");
        Path anew = stage.place().state().resolve("console-restored");
        stage.release("overlap", stage.rebuild(SOCKET, NEXT));
        String secret = "twelve or more characters\n";
        must(stage.tool()
                .typing(secret, "console", "backup", "--directory", lost, "--out", backup, "--passphrase-stdin"));
        stage.console().stop();
        Files.move(lost.resolve("offline"), medium);
        long began = System.nanoTime();
        must(stage.tool()
                .typing(
                        secret,
                        "console",
                        "restore",
                        backup,
                        "--directory",
                        anew,
                        "--offline",
                        medium,
                        "--passphrase-stdin"));
        stage.console().moveTo(anew);
        stage.console().start();
        long millis = Stage.since(began).toMillis();
        Tool.Answer before = stage.tool().run("gateways", "list");
        if (before.exit() == 0) {
            throw new Broken("a session of before the restore still counts");
        }
        must(stage.login(stage.console().password(), stage.console().fingerprint()));
        stage.bringAgain();
        RolloutRun run = RolloutRun.begin(stage, "socket " + NEXT, "--set", SOCKET + "/" + NEXT, "--all")
                .awaitState("DONE")
                .mustAddUp();
        confirmed(run, SOCKET, NEXT);
        return "restored and answering after " + millis
                + " ms, gateways and keys as before, no session; 3 of 3 took the next rollout";
    }

    private static void must(Tool.Answer answer) throws Broken {
        if (answer.exit() != 0) {
            throw new Broken(answer.line());
        }
    }

    /** Which gateways are connected. */
    private String births() throws Broken {
        StringBuilder all = new StringBuilder();
        for (String serial : FleetStage.SERIALS) {
            all.append(serial)
                    .append(' ')
                    .append(stage.known(serial).asMap().get("connected"))
                    .append(' ');
        }
        return all.toString();
    }

    private void confirmed(RolloutRun run, String bundle, String version) throws Broken {
        if (run.count("CONFIRMED") != FleetStage.SERIALS.size()) {
            throw new Broken("confirmed: " + run.count("CONFIRMED"));
        }
        for (String serial : FleetStage.SERIALS) {
            String proved = stage.proved(serial, bundle);
            if (!proved.equals(version)) {
                throw new Broken(serial + " proves " + proved);
            }
        }
    }

    private List<Path> releases() throws IOException {
        try (var files = Files.list(stage.place().parts())) {
            return files.filter(file -> file.getFileName().toString().startsWith(EVENT_ADMIN + "-"))
                    .sorted()
                    .toList();
        }
    }
}
