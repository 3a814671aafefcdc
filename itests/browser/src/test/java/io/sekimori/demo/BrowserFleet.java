package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the browser: a console with its broker and two gateways, as the demo makes them, and records as
 * large as those of a big site. Confined to one thread.
 */
public final class BrowserFleet implements AutoCloseable {

    /** Of everybody here. */
    public static final String PASSWORD = "the keeper of the gate";

    private static final String EVENT_ADMIN = "org.apache.felix.eventadmin";
    private static final String GUEST = "io.sekimori.demo.guest";
    private static final String APPROVER = "approver";
    private static final List<String> SERIALS = List.of("gw-1", "gw-2");

    private final FleetStage stage;
    private final Maker maker;
    private final Path state;
    private final Told told;
    private @Nullable LonelyGateway lonely;
    private @Nullable AdriftGateway adrift;

    /** Makes and starts everything. */
    public BrowserFleet(Path home, int strangers) throws IOException, SQLException {
        state = Files.createTempDirectory("sekimori");
        Place place = new Place(home.toAbsolutePath().normalize(), state);
        Tool tool = new Tool(state, Clock.systemUTC());
        stage = new FleetStage(place, tool);
        maker = new Maker(place, tool);
        told = new Told(state.resolve("told"));
        try {
            begin(strangers);
        } catch (Broken | IOException | SQLException | RuntimeException e) {
            close();
            throw new IOException("the fleet does not stand: " + e.getMessage(), e);
        }
    }

    private void begin(int strangers) throws IOException, Broken, SQLException {
        ConsoleProcess console = stage.console();
        console.makeAnywhere(stage.tool(), told.configurations());
        console.start();
        signIn();
        // People may come in before the tables of the fleet are made.
        Waiting.until(
                "the console knows its fleet",
                Duration.ofSeconds(240),
                () -> stage.tool().run("gateways", "list").exit() == 0);
        console.stop();
        SeededRecords.add(console.directory(), strangers);
        console.start();
        stage.releaseProduct();
        for (Path jar : eventAdmins()) {
            stage.release("replace", jar);
        }
        stage.release("overlap", maker.rebuild(GUEST, "0.5.0", Map.of("Import-Package", "not.to.be.found")));
        for (String serial : SERIALS) {
            // What is on trial is watched for seconds, since somebody waits for each rollout.
            stage.make(serial, "io.sekimori.update.engine:probation.seconds=3").start();
            Path activation = stage.register(serial);
            stage.tool()
                    .must(
                            "identity",
                            "enrol",
                            activation,
                            "--unit",
                            stage.gateway(serial).unit());
        }
        for (String serial : SERIALS) {
            Waiting.until(serial + " has proved what it runs", Duration.ofSeconds(240), () -> {
                try {
                    return stage.known(serial).bool("connected")
                            && !stage.proved(serial, "io.sekimori.delivery").isEmpty();
                } catch (MalformedJson e) {
                    throw new Broken("the console's answer cannot be read", e);
                }
            });
        }
    }

    private void signIn() throws Broken {
        ConsoleProcess console = stage.console();
        Tool.Answer answer = stage.tool()
                .typing(
                        console.password() + "\n" + PASSWORD + "\n",
                        "login",
                        console.address(),
                        "--password-stdin",
                        "--fingerprint",
                        console.fingerprint());
        if (answer.exit() != 0) {
            throw new Broken(answer.line());
        }
        console.chosen(PASSWORD);
    }

    private List<Path> eventAdmins() throws IOException {
        try (Stream<Path> files = Files.list(stage.place().parts())) {
            return files.filter(file -> file.getFileName().toString().startsWith(EVENT_ADMIN + "-"))
                    .sorted()
                    .toList();
        }
    }

    /** Where the pages are. */
    public String address() {
        return stage.console().address();
    }

    /** The ids of the gateways that really run. */
    public List<String> gateways() {
        return SERIALS.stream().map(stage::id).toList();
    }

    /** Where the page of a gateway is that people beside it use. */
    public String localAddress(String serial) throws IOException {
        return LocalAddress.of(stage.gateway(serial).unit());
    }

    /** Who is told by this console. */
    public Told told() {
        return told;
    }

    /** Begins a rollout that a gateway refuses, unless there was one already. */
    public void anyRollout() throws IOException {
        try {
            if (stage.tool()
                    .must("rollout", "list", "--json")
                    .json()
                    .objects("rollouts")
                    .isEmpty()) {
                RolloutRun.begin(
                        stage,
                        "A guest that cannot be",
                        "--set",
                        GUEST + "/0.5.0",
                        "--gateways",
                        gateways().get(0));
            }
        } catch (Broken | MalformedJson e) {
            throw new IOException(e);
        }
    }

    /** A further gateway of the same maker, which no console knows; made and started when it is asked for first. */
    public LonelyGateway lonely() throws IOException {
        if (lonely == null) {
            lonely = new LonelyGateway(stage, state.resolve("media"));
        }
        return lonely;
    }

    /** A further gateway whose clock is wrong, for this console; made and started anew, once. */
    public AdriftGateway adrift() throws IOException {
        adrift = new AdriftGateway(stage, state.resolve("adrift"));
        return adrift;
    }

    /** One of the gateways that really run, beside which root's helper is from now on. */
    public LaunchedGateway launched(String serial) throws IOException {
        return new LaunchedGateway(stage, serial);
    }

    /** The code of the activation that came with a gateway. */
    public String activationCode(String serial) throws IOException {
        try {
            return JsonObject.parse(Files.readAllBytes(state.resolve(serial + ".activation.json")))
                    .string("code");
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Has a gateway take nothing but what somebody approves, as root would; whoever closes this takes it back. */
    public Closeable demandApproval(String serial) throws IOException {
        Path policy = stage.gateway(serial).unit().resolve("trust").resolve("approvals.json");
        try {
            stage.tool().must("keys", "new", "--keys", state.resolve("people"), APPROVER);
            stage.tool()
                    .must(
                            "approval",
                            "policy",
                            "--keys",
                            state.resolve("people"),
                            "--group",
                            "customer=1:" + APPROVER,
                            "--out",
                            policy);
        } catch (Broken e) {
            throw new IOException(e);
        }
        return () -> Files.delete(policy);
    }

    /**
     * Fetches what a rollout waits with, and signs where no console is.
     *
     * @param verb {@code sign} to approve it, {@code withdraw} to take that back
     * @param name of the file, without its ending
     * @return what is to be handed in
     */
    public Path approval(String verb, String rollout, String name) throws IOException {
        Path request = state.resolve("request.json");
        Path approval = state.resolve(name + ".json");
        try {
            stage.tool().must("rollout", "approvals", rollout, "--out", request);
            stage.tool()
                    .must(
                            "approval",
                            verb,
                            request,
                            "--keys",
                            state.resolve("people"),
                            "--key",
                            APPROVER,
                            "--out",
                            approval);
            return approval;
        } catch (Broken e) {
            throw new IOException(e);
        }
    }

    /** Ends the console, as a failing machine does; its address stays. */
    public void stopConsole() throws IOException {
        stage.console().stop();
    }

    /** Starts it again at the same address. */
    public void startConsole() throws IOException {
        try {
            stage.console().start();
        } catch (Broken e) {
            throw new IOException("the console does not start again", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (adrift != null) {
            adrift.close();
        }
        for (String serial : List.of(SERIALS.get(0), SERIALS.get(1), LonelyGateway.SERIAL)) {
            if (stage.gateway(serial) != null) {
                stage.gateway(serial).stop();
            }
        }
        stage.console().stop();
        told.close();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
