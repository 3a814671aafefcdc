package io.sekimori.delivery;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Method;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Outbox;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.UnitReport;
import io.sekimori.update.Forgeries;
import io.sekimori.update.Forgeries.Forgery;
import io.sekimori.update.Reason;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateService;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A gateway whose courier asks a console of the test's own, and what the courier finds around it, as the test says. */
final class AskingGateway implements Surroundings {

    static final Duration OFTEN = Duration.ofSeconds(1);

    final ConsoleServer server;
    final FakeUpdate update = new FakeUpdate();
    final List<Notification> sent = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    volatile boolean busy;
    volatile boolean enrolled = true;
    volatile boolean connected = true;
    volatile boolean outboxThere = true;
    volatile Optional<ConnectionCode> unsent = Optional.empty();
    private volatile Function<byte[], Optional<Reason>> screening = assignment -> Optional.empty();
    final List<Forgery> forged = new CopyOnWriteArrayList<>();
    Courier courier;
    private final Path directory;

    AskingGateway(Path directory) throws Exception {
        this.directory = directory;
        server = new ConsoleServer();
        courier = courier(new Settings(true, OFTEN, 3));
    }

    /** Ends the courier, and makes one with these settings. */
    void replaceCourier(Settings settings) {
        courier.end();
        courier = courier(settings);
    }

    private Courier courier(Settings settings) {
        return new Courier(
                this,
                new PendingReports(directory.resolve("reports")),
                assignment -> screening.apply(assignment),
                settings,
                Clock.systemUTC(),
                new SilentLog().logger());
    }

    void end() {
        courier.end();
        server.close();
    }

    private void send(Notification notification) throws ConnectionException {
        if (unsent.isPresent()) {
            throw new ConnectionException(unsent.get(), "in this test", null);
        }
        sent.add(notification);
    }

    /** From now on what is sent by the broker is looked at by this. */
    void screenBy(Function<byte[], Optional<Reason>> next) {
        screening = next;
    }

    /** The console has this assignment from now on. */
    void assign(long version) {
        server.files.put("director/targets.json", assignment(version));
    }

    /** The console sends it by the broker. */
    Reply put(byte[] body) {
        return courier.handle(request(Method.PUT, "assignment", Map.of(), body));
    }

    static Request request(Method method, String resource, Map<String, Object> metrics, byte[] body) {
        return new Request(method, List.of(resource), metrics, body, "console-1", "r1");
    }

    static byte[] assignment(long version) {
        return ("{\"signed\":{\"version\":" + version + "},\"signatures\":[]}").getBytes(StandardCharsets.UTF_8);
    }

    /** One that takes back what was assigned from there on. */
    static byte[] taking(long version, long from) {
        return ("{\"signed\":{\"version\":" + version + ",\"assignment\":{\"takesBack\":" + from
                        + "}},\"signatures\":[]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A report of the engine, signed. */
    static byte[] report() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        String device = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(key.getPublic().getEncoded()));
        UnitReport report = new UnitReport(
                device,
                "M",
                "1",
                new UnitReport.Running(1, 1, 5, List.of(), List.of(), Map.of()),
                new UnitReport.Trusted(1, 1, 1, 1, 1, 5),
                Optional.empty(),
                List.of(),
                Instant.parse("2026-11-22T12:00:00Z"),
                1,
                "");
        return SignedReport.sign(report, "EC_P256", key.getPublic().getEncoded(), message -> {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(message);
            return signature.sign();
        });
    }

    @Override
    public Optional<Identity> identity() {
        return Optional.of(new Identity() {
            @Override
            public String model() {
                return "M";
            }

            @Override
            public String serial() {
                return "1";
            }

            @Override
            public Optional<Enrolled> enrolled() {
                if (!enrolled) {
                    return Optional.empty();
                }
                X509Certificate certificate = server.certificate();
                return Optional.of(new Enrolled(
                        "g-aaaaaaaaaaaa",
                        "sekimori",
                        List.of(certificate),
                        List.of(certificate),
                        server.address(),
                        URI.create("ssl://127.0.0.1:8883")));
            }

            @Override
            public Optional<SSLContext> tls() {
                return enrolled ? Optional.of(server.client()) : Optional.empty();
            }
        });
    }

    @Override
    public Optional<UpdateService> update() {
        return Optional.of(update);
    }

    @Override
    public Optional<Outbox> outbox() {
        return outboxThere ? Optional.of(this::send) : Optional.empty();
    }

    @Override
    public Optional<TakenBack> takenBack() {
        return Optional.of(new TakenBack() {
            @Override
            public boolean hear(byte[] approvals) {
                heard.add(new String(approvals, StandardCharsets.UTF_8));
                return !busy;
            }

            @Override
            public List<Remembered> remembered() {
                return List.of();
            }
        });
    }

    @Override
    public Optional<Forgeries> forgeries() {
        return Optional.of(forged::add);
    }

    @Override
    public boolean connected() {
        return connected;
    }
}
