package io.sekimori.tuning.records;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.records.kit.Consoles;
import io.sekimori.releases.Director;
import io.sekimori.releases.Errand;
import io.sekimori.releases.ReleasesException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.log.Logger;

/** A console with one gateway that answers as the test says; the director signs by writing down. */
final class TestConsole extends Clock {

    static final String GATEWAY = "g-aaaaaaaaaaaa";

    final List<String> audited = new ArrayList<>();
    final List<Errand> signed = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final RecordedTuning tuning;
    Optional<String> device = Optional.of("d".repeat(64));
    boolean audits = true;
    boolean signs = true;
    String sets = "{\"version\":\"x\",\"at\":\"now\",\"sets\":[{\"pid\":\"a\",\"factory\":false,\"version\":3,"
            + "\"attributes\":[{\"id\":\"host\"},{\"id\":\"pass\",\"secret\":true}]}]}";
    Delivery put = answered(200, "{}");
    Delivery state = new Delivery.Unanswered(FleetCode.NO_ANSWER, "by test");
    final Map<String, Delivery> states = new HashMap<>(); // of changes that are answered in another way
    Instant now = Instant.parse("2026-11-22T00:00:00Z");
    private final Consoles consoles;

    TestConsole(Consoles consoles) {
        this.consoles = consoles;
        this.tuning = another();
    }

    /** One more console on the same records. */
    RecordedTuning another() {
        RecordedTuning made = new RecordedTuning(this, proxy(Logger.class, argument -> null));
        made.records = consoles.console();
        made.fleet = fleet();
        made.courier = new Answering();
        made.director = proxy(Director.class, this::sign);
        made.audit = entry -> {
            if (!audits) {
                throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
            }
            audited.add(entry.actor() + " " + entry.verdict() + " " + entry.reason() + " " + entry.detail());
            return new AuditReceipt(1, Instant.EPOCH, "0".repeat(64));
        };
        return made;
    }

    static Delivery answered(int code, String body) {
        return new Delivery.Answered(
                code, Map.of("response.reason", "BY_TEST"), new Body(body.getBytes(StandardCharsets.UTF_8)));
    }

    static Delivery refused(int code, String reason) {
        return new Delivery.Answered(code, Map.of("response.reason", reason), new Body(new byte[0]));
    }

    private Object sign(Object argument) throws ReleasesException {
        if (!signs) {
            throw new ReleasesException("no key", null);
        }
        Errand errand = (Errand) argument;
        if (errand.content().containsValue("unsignable")) {
            throw new IllegalArgumentException("by test");
        }
        signed.add(errand);
        return new byte[] {1};
    }

    private Fleet fleet() {
        return proxy(
                Fleet.class,
                id -> id.equals(GATEWAY)
                        ? Optional.of(new Gateway(
                                GATEWAY,
                                "SN",
                                "M",
                                Life.ACTIVATED,
                                device,
                                Set.of(),
                                Gateway.Contact.NONE,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                Instant.EPOCH,
                                1))
                        : Optional.empty());
    }

    private interface Answer {
        Object of(Object argument) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                TestConsole.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.of(arguments[0])));
    }

    private final class Answering implements Courier {

        @Override
        public boolean connected() {
            return true;
        }

        @Override
        public CompletableFuture<Delivery> deliver(Parcel parcel) {
            String what = parcel.method() + " " + String.join("/", parcel.resource());
            asked.add(what);
            return CompletableFuture.completedFuture(
                    what.equals("GET sets")
                            ? answered(200, sets)
                            : what.startsWith("GET ") ? states.getOrDefault(last(parcel), state) : put);
        }

        private static String last(Parcel parcel) {
            return parcel.resource().get(parcel.resource().size() - 1);
        }

        @Override
        public void tell(Parcel parcel) {
            throw new UnsupportedOperationException("settings are asked for and never only told");
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
