package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A real gateway whose clock is moved, and whose only line to the console is cut and joined again. Confined to one thread.
 */
public final class AdriftGateway implements AutoCloseable {

    private static final String SERIAL = "gw-8";
    private static final String KURA = "io.sekimori.kura";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final FleetStage stage;
    private final Path folder;
    private final MovedClock clock;
    private final Gateway gateway;
    private final SiteLine line;
    private @Nullable RolloutRun rollout;
    private @Nullable PagePerson person;

    /** Makes it; it has not been started. */
    AdriftGateway(FleetStage stage, Path folder) throws IOException {
        this.stage = stage;
        this.folder = Files.createDirectories(folder);
        this.clock = new MovedClock(folder.resolve("clock"));
        this.line = new SiteLine(folder);
        try {
            this.gateway = stage.make(
                    SERIAL,
                    "io.sekimori.identity.device:proxy=127.0.0.1:" + line.port(),
                    "io.sekimori.update.engine:probation.seconds=1",
                    "io.sekimori.local:media=" + Files.createDirectories(folder.resolve("media")));
        } catch (Broken e) {
            throw new IOException("the gateway is not made", e);
        }
    }

    /** Has its clock differ from the right time by so much, such as {@code -55y}, {@code +40d} or {@code +0}. */
    public void clock(String offset) throws IOException {
        clock.by(offset);
    }

    /** Starts it. */
    public void start() throws IOException {
        line.join();
        must(() -> gateway.startBy(clock.command()));
    }

    /** What its status says. */
    public String status() throws IOException {
        Tool.Answer answer = stage.tool().run("status", "--unit", gateway.unit());
        return answer.out() + answer.err();
    }

    /** Enrols it at the console, waits until that knows what it runs, and makes its first person. */
    public void enrol() throws IOException {
        must(() -> {
            Path activation = stage.register(SERIAL);
            stage.tool().must("identity", "enrol", activation, "--unit", gateway.unit());
        });
        await("it has proved what it runs", () -> !stage.proved(SERIAL, KURA).isEmpty());
        must(() -> person =
                PagePerson.signedIn(gateway.unit(), stage.place().state().resolve(SERIAL + ".activation.json")));
    }

    /** Assigns it a further version of one bundle, by a rollout of its own. */
    public void assign(String version) throws IOException {
        must(() -> {
            stage.release("overlap", stage.rebuild(KURA, version));
            rollout = RolloutRun.begin(
                    stage, "kura " + version, "--set", KURA + "/" + version, "--gateways", stage.id(SERIAL));
        });
    }

    /** Waits until the console takes the newest rollout for confirmed; what was refused on the way it may hear first. */
    public void awaitConfirmed() throws IOException {
        must(() -> Objects.requireNonNull(rollout, "nothing was assigned").awaitCount("CONFIRMED", 1));
    }

    /** Has the console pack what this gateway was assigned, and plugs that in. */
    public void plugIn() throws IOException {
        Path made = folder.resolve("stick.zip");
        must(() -> Objects.requireNonNull(rollout, "nothing was assigned").awaitCount("ASSIGNED", 1));
        must(() -> stage.tool().must("gateways", "pack", stage.id(SERIAL), "--out", made));
        Files.move(made, Files.createDirectories(folder.resolve("media/stick")).resolve("stick.zip"));
    }

    /** What a command says that installs what is on the stick. */
    public String install() {
        Tool.Answer answer =
                stage.tool().run("update", "apply", folder.resolve("media/stick/stick.zip"), "--unit", gateway.unit());
        return answer.exit() + " " + answer.line();
    }

    /** The person signs in at its page, has the stick checked, installs it, and waits until that is over; answers what came of it. */
    public JsonObject installAsAPerson() throws IOException {
        try {
            PagePerson signedIn =
                    Objects.requireNonNull(person, "nobody was made").again();
            String pack = shown(signedIn).objects("packs").get(0).string("id");
            signedIn.post("/v1/local/check", 202, Map.of("pack", pack));
            await(
                    "the stick was checked",
                    () -> !check(signedIn).string("state").equals("RUNNING"));
            String seen = check(signedIn).object("plan").object("signed").string("sha256");
            String id = signedIn.post("/v1/local/install", 202, Map.of("pack", pack, "sha256", seen))
                    .string("id");
            await("it is over", () -> newest(signedIn).string("id").equals(id));
            return newest(signedIn);
        } catch (Broken | MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static JsonObject check(PagePerson person) throws IOException, Broken, MalformedJson {
        return shown(person).object("check");
    }

    private static JsonObject newest(PagePerson person) throws IOException, Broken, MalformedJson {
        return shown(person).objects("recent").get(0);
    }

    private static JsonObject shown(PagePerson person) throws IOException, Broken, MalformedJson {
        return person.get("/v1/local/updates");
    }

    /** Whether its own audit has an entry of this action. */
    public boolean audited(String action) throws IOException {
        Path chain = gateway.unit().resolve("data/io.sekimori.audit.chain");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(chain, "*.jsonl")) {
            for (Path each : files) {
                if (Files.readString(each).contains("\"" + action + "\"")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the console says of its last update. */
    public JsonObject lastAtTheConsole() throws IOException {
        try {
            return stage.known(SERIAL).object("lastTransition");
        } catch (Broken | MalformedJson e) {
            throw new IOException(e);
        }
    }

    /** Nothing reaches it any more, nor it anything. */
    public void cut() throws IOException {
        line.cut();
    }

    /** The line is there again. */
    public void join() throws IOException {
        line.join();
    }

    @Override
    public void close() throws IOException {
        gateway.stop();
        line.cut();
    }

    private interface Work {
        void run() throws IOException, Broken, MalformedJson;
    }

    private interface Condition {
        boolean holds() throws IOException, Broken, MalformedJson;
    }

    private static void await(String what, Condition condition) throws IOException {
        must(() -> Waiting.until(what, PATIENCE, () -> {
            try {
                return condition.holds();
            } catch (MalformedJson e) {
                throw new Broken("an answer cannot be read", e);
            }
        }));
    }

    private static void must(Work work) throws IOException {
        try {
            work.run();
        } catch (Broken | MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
