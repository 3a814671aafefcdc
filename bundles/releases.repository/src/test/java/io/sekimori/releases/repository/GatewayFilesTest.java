package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.Life;
import io.sekimori.records.Records;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.Changes;
import io.sekimori.releases.Order;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.Release;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.Withdrawal;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** What a gateway fetches, and that it gets nothing else. */
class GatewayFilesTest {

    private static final String ONE = "g-aaaaaaaaaaaa";
    private static final String TWO = "g-bbbbbbbbbbbb";

    @TempDir
    private Path work;

    private Console console;
    private GatewayFiles files;
    private Life life = Life.PROVISIONED;

    @OnBothDatabases
    void aGatewayGetsItsOwnAssignmentAndNobodyElses(Consoles consoles) throws Exception {
        begin(consoles);

        String document = text(get("getDirectorMetadata", "file", "targets.json", ONE));

        assertThat(document).contains(Console.device(1)).doesNotContain(Console.device(2));
        Response nothing = get("getDirectorMetadata", "file", "targets.json", TWO);
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.headers()).doesNotContainKey("Sekimori-Withdrawals");
        problem(404, "getDirectorMetadata", "file", "approvals.json", ONE);
        problem(404, "getDirectorMetadata", "file", "approvals.json", TWO);
        problem(404, "getDirectorMetadata", "file", "targets.json", "g-cccccccccccc");
    }

    /** Also one that is assigned nothing: an approval that leaked may be brought to it another way. */
    @OnBothDatabases
    void everyGatewayHearsThatSomethingWasTakenBack(Consoles consoles) throws Exception {
        begin(consoles);
        SigningKey ann = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        SignedWithdrawal back = SignedWithdrawal.sign(new Withdrawal("c".repeat(64), console.time.now), List.of(ann));
        Tables tables = new Tables(() -> files.records);
        tables.write(connection -> new WithdrawalRow(back, console.time.now, "person:otto 192.0.2.1").keep(connection));

        Response one = get("getDirectorMetadata", "file", "targets.json", ONE);
        Response two = get("getDirectorMetadata", "file", "targets.json", TWO);

        assertThat(one.status() + " " + two.status()).isEqualTo("200 404");
        assertThat(one.headers().get("Sekimori-Withdrawals"))
                .isEqualTo(two.headers().get("Sekimori-Withdrawals"));
        String file = text(get("getDirectorMetadata", "file", "withdrawals.json", TWO));
        assertThat(Approvals.parse(file.getBytes(StandardCharsets.UTF_8)).withdrawals())
                .singleElement()
                .satisfies(each -> assertThat(each.verified()).isEqualTo(back.signers()));
        // By what it got a gateway knows what it heard, also if another console told it the name.
        assertThat(one.headers())
                .containsEntry("Sekimori-Withdrawals", Sha256.hex(file.getBytes(StandardCharsets.UTF_8)));
    }

    @OnBothDatabases
    void whileOneAsksTheRecordsAllOthersAreServedWithWhatWasKnown(Consoles consoles) throws Exception {
        begin(consoles);
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch asks = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        Records records = files.records;
        Tables tables = new Tables(() -> {
            if (asked.incrementAndGet() == 2) {
                asks.countDown();
                await(slow);
            }
            return records;
        });
        AtomicLong nanos = new AtomicLong();
        WithdrawalNews news = new WithdrawalNews(tables, console.time, nanos::get);
        assertThat(news.name()).isEmpty();
        SigningKey ann = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        keep(records, ann, 0);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());

        FutureTask<String> first = new FutureTask<>(news::name);
        new Thread(first).start();
        await(asks);
        for (int gateway = 0; gateway < 1_000; gateway++) {
            assertThat(news.name()).isEmpty();
        }
        slow.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Sha256.hex(news.file()));
        assertThat(asked).hasValue(2);
    }

    /** Within one second, by the same keys. */
    @OnBothDatabases
    void whatReplacesAnotherIsNewsToo(Consoles consoles) throws Exception {
        begin(consoles);
        Records records = files.records;
        Tables tables = new Tables(() -> records);
        AtomicLong nanos = new AtomicLong();
        WithdrawalNews news = new WithdrawalNews(tables, console.time, nanos::get);
        SigningKey ann = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        keep(records, ann, 0);
        String before = news.name();
        keep(records, ann, 1);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());

        assertThat(news.name()).isNotEqualTo(before).isEqualTo(Sha256.hex(news.file()));
    }

    private void keep(Records records, SigningKey signer, long secondsLater) throws Exception {
        SignedWithdrawal back = SignedWithdrawal.sign(
                new Withdrawal("c".repeat(64), console.time.now.plusSeconds(secondsLater)), List.of(signer));
        new Tables(() -> records)
                .write(connection -> new WithdrawalRow(back, console.time.now, "person:otto").keep(connection));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @OnBothDatabases
    void theNameOfWhatWasTakenBackChangesWithItAndTheRecordsAreAskedNowAndThen(Consoles consoles) throws Exception {
        begin(consoles);
        AtomicInteger asked = new AtomicInteger();
        Records records = files.records;
        Tables tables = new Tables(() -> {
            asked.incrementAndGet();
            return records;
        });
        AtomicLong nanos = new AtomicLong();
        WithdrawalNews news = new WithdrawalNews(tables, console.time, nanos::get);
        SigningKey ann = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int gateway = 0; gateway < 1_000; gateway++) {
                names.add(news.name());
            }
            SignedWithdrawal back =
                    SignedWithdrawal.sign(new Withdrawal(String.format("%064x", i), console.time.now), List.of(ann));
            new Tables(() -> records)
                    .write(connection -> new WithdrawalRow(back, console.time.now, "person:otto").keep(connection));
            nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        }

        assertThat(names.get(0)).isEmpty();
        assertThat(new HashSet<>(names)).hasSize(3);
        assertThat(asked).hasValue(3);
    }

    @OnBothDatabases
    void metadataIsServedByTheNamesOfTuf(Consoles consoles) throws Exception {
        begin(consoles);

        assertThat(text(get("getReleaseMetadata", "file", "1.targets.json", ONE)))
                .contains(Console.APP);
        assertThat(get("getReleaseMetadata", "file", "1.root.json", ONE)
                        .headers()
                        .get("Cache-Control"))
                .contains("immutable");
        assertThat(get("getReleaseMetadata", "file", "timestamp.json", ONE).headers())
                .containsEntry("Cache-Control", "no-cache");
        assertThat(get("getDirectorMetadata", "file", "1.root.json", ONE).status())
                .isEqualTo(200);
        problem(404, "getDirectorMetadata", "file", "2.root.json", ONE);
        problem(404, "getReleaseMetadata", "file", "passwd", ONE);
    }

    @OnBothDatabases
    void whatHasNotChangedIsNotSentAgain(Consoles consoles) throws Exception {
        begin(consoles);
        Request request = request("getReleaseMetadata", ONE).at("file", "timestamp.json");
        String tag = files.handle(request).headers().get("ETag");

        assertThat(files.handle(request.header("if-none-match", tag)).status()).isEqualTo(304);
        assertThat(files.handle(request.header("if-none-match", "\"other\"")).status())
                .isEqualTo(200);
    }

    @OnBothDatabases
    void filesAreServedByTheirDigest(Consoles consoles) throws Exception {
        begin(consoles);
        Release app = console.released(Console.APP, "1.0.0");

        Response response = get("getTarget", "sha256", app.sha256(), ONE);

        assertThat(response.body())
                .isInstanceOfSatisfying(
                        Body.Stored.class, stored -> assertThat(stored.file()).hasSize(app.length()));
        assertThat(response.headers().get("Cache-Control")).contains("immutable");
        problem(404, "getTarget", "sha256", "a".repeat(64), ONE);
        problem(404, "getTarget", "sha256", "..", ONE);
    }

    @OnBothDatabases
    void whoIsSuspendedOrOutOfServiceGetsNothingEvenIfItIsSignedAlready(Consoles consoles) throws Exception {
        begin(consoles);
        String app = console.released(Console.APP, "1.0.0").sha256();

        for (Life held : List.of(Life.SUSPENDED, Life.LOST, Life.RETIRED)) {
            life = held;
            problem(403, "getDirectorMetadata", "file", "targets.json", ONE);
            problem(403, "getReleaseMetadata", "file", "timestamp.json", ONE);
            problem(403, "getTarget", "sha256", app, ONE);
        }
        life = Life.ACTIVATED;
        assertThat(get("getTarget", "sha256", app, ONE).status()).isEqualTo(200);
    }

    @OnBothDatabases
    void withoutAFleetOrRecordsItIsToldToComeAgain(Consoles consoles) throws Exception {
        begin(consoles);
        files.fleet = null;
        problem(503, "getDirectorMetadata", "file", "targets.json", ONE);

        files.records = null;
        problem(503, "getReleaseMetadata", "file", "timestamp.json", ONE);
    }

    @OnBothDatabases
    void everyRouteIsForGatewaysAlone(Consoles consoles) throws Exception {
        begin(consoles);

        assertThat(files.routes())
                .hasSize(3)
                .allMatch(route ->
                        route.permission() == Permission.GATEWAY && route.path().startsWith("/gateway/v1/"));
        Request stranger =
                Request.of(route("getDirectorMetadata"), new Caller.Anonymous()).at("file", "targets.json");
        assertThatThrownBy(() -> files.handle(stranger))
                .isInstanceOfSatisfying(
                        WebException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(403));
    }

    private void begin(Consoles consoles) throws Exception {
        console = new Console(work, consoles.unit());
        Records records = consoles.console();
        console.product();
        console.bring(console.releases(records));
        String device = Console.device(1);
        console.director(records)
                .assign(
                        List.of(new Order(device, Console.MODEL, console.report(device, 1), Changes.NONE)),
                        "person:otto");
        files = new GatewayFiles(console.settings, console.unit, console.time, Console.silent(Logger.class));
        files.records = records;
        files.fleet = fleet();
    }

    private Fleet fleet() {
        return (Fleet) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Fleet.class}, (proxy, method, arguments) -> {
                    return switch ((String) arguments[0]) {
                        case ONE -> Optional.of(new Fleet.Standing(life, Optional.of(Console.device(1))));
                        case TWO -> Optional.of(new Fleet.Standing(life, Optional.of(Console.device(2))));
                        default -> Optional.empty();
                    };
                });
    }

    private Response get(String route, String parameter, String value, String gateway) throws Exception {
        return files.handle(request(route, gateway).at(parameter, value));
    }

    private void problem(int status, String route, String parameter, String value, String gateway) {
        assertThatThrownBy(() -> get(route, parameter, value, gateway))
                .isInstanceOfSatisfying(
                        WebException.class,
                        e -> assertThat(e.problem().status()).as(e.getMessage()).isEqualTo(status));
    }

    private Request request(String route, String gateway) {
        return Request.of(route(route), new Caller.Gateway(gateway));
    }

    private Route route(String name) {
        return files.routes().stream()
                .filter(route -> route.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Response response) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Body.Streamed) response.body()).writer().write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
