package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A gateway of this console's that is given other launchers, beside which root's helper is at work. Confined to one thread. */
public final class LaunchedGateway implements AutoCloseable {

    private static final String LAUNCHER = "io.sekimori.launcher";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final FleetStage stage;
    private final String serial;
    private final RootsHelper helper;

    LaunchedGateway(FleetStage stage, String serial) throws IOException {
        this.stage = stage;
        this.serial = serial;
        this.helper = new RootsHelper(stage.gateway(serial).unit());
    }

    /** Rolls out the launcher it has in that version, and waits until the console was shown a proof of it. */
    public void takes(String version) throws IOException {
        try {
            release(stage.rebuild(LAUNCHER, version));
            rollOut(version).awaitState("DONE").mustAddUp();
            Waiting.until(
                    "the console knows its launcher", PATIENCE, () -> launcher().equals(version));
        } catch (Broken e) {
            throw new IOException(e);
        }
    }

    /** Rolls out a jar that says it is the launcher in that version and is none; answers why the gateway refused it. */
    public String refuses(String version) throws IOException {
        try {
            Path jar = stage.place().jars().resolve("no-launcher-" + version + ".jar");
            Rebuilt.jar(
                    stage.built(LAUNCHER + ".api"),
                    jar,
                    Map.of("Bundle-SymbolicName", LAUNCHER, "Bundle-Version", version));
            release(jar);
            return rollOut(version).awaitCount("REFUSED", 1).mustAddUp().code(serial);
        } catch (Broken e) {
            throw new IOException(e);
        }
    }

    /** The version of the launcher that it proved to have been started with. */
    public String launcher() throws IOException {
        try {
            for (JsonObject one : stage.known(serial).objects("slot")) {
                if (one.string("symbolicName").equals(LAUNCHER)) {
                    return one.string("version");
                }
            }
            return "";
        } catch (Broken | MalformedJson e) {
            throw new IOException(e);
        }
    }

    /** The process that runs it now; another one after a restart. */
    public long process() throws IOException {
        Optional<ProcessHandle> process = stage.gateway(serial).process();
        return process.flatMap(script -> script.children().findFirst())
                .orElseThrow(() -> new IOException(serial + " does not run"))
                .pid();
    }

    private RolloutRun rollOut(String version) throws Broken {
        return RolloutRun.begin(
                stage,
                "launcher " + version,
                "--set",
                "slot/" + LAUNCHER + "/" + version,
                "--gateways",
                stage.id(serial));
    }

    private void release(Path jar) throws Broken {
        Path offline = stage.console().directory().resolve("offline");
        Path releases = offline.resolve("releases");
        stage.tool().must("release", "add", "--repository", releases, "--kind", "slot", jar);
        stage.tool().must("release", "sign", "--repository", releases, "--keys", offline.resolve("keys"));
        stage.tool().must("releases", "import", "--repository", releases);
    }

    @Override
    public void close() throws IOException {
        helper.close();
    }
}
