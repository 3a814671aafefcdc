package io.sekimori.releases.repository;

import static io.sekimori.releases.repository.AssigningConsole.DEVICE;
import static io.sekimori.releases.repository.AssigningConsole.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.Changes;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.FloorPermits;
import io.sekimori.trust.Kind;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** Each poll of each gateway asks what is held back. It reads little, and what a clock can change is not remembered. On both databases. */
class RememberedFloorTest {

    private static final String TIMESTAMP = "timestamp.json";

    @TempDir
    private Path work;

    private AssigningConsole desk;
    private FreshAssignments fresh;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();

    @OnBothDatabases
    void anEditionIsSmallAndChangesWithEachRootTimestampAndPermit(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        HeldBack.Edition first = edition();
        assertThat(first.timestamp()).hasSize(64);

        save(FloorPermits.FILE, "x".repeat(FloorPermits.MAX_BYTES));
        HeldBack.Edition permitted = edition();
        assertThat(permitted.permits()).hasSize(64);
        save(FloorPermits.FILE, "y".repeat(FloorPermits.MAX_BYTES));
        HeldBack.Edition other = edition();
        save("2.root.json", "{}");
        HeldBack.Edition rooted = edition();
        save(TIMESTAMP, "{}");
        HeldBack.Edition published = edition();
        update("delete from releases_metadata where name = ?", TIMESTAMP);
        update("insert into releases_metadata (repository, name, content) values ('release', ?, '[]')", TIMESTAMP);

        assertThat(edition().timestamp()).as("by a console of before").isEqualTo("[]");
        assertThat(new HeldBack.Edition[] {first, permitted, other, rooted, published, edition()})
                .doesNotHaveDuplicates();
    }

    @OnBothDatabases
    void whatIsBelowNoFloorIsReadOncePerEdition(Consoles consoles) throws Exception {
        begin(consoles);
        desk.assigned(desk.order(set(Console.APP, "1.2.0")));
        assertThat(fresh.of(DEVICE)).isPresent();
        update("update releases_assignment set document = concat(document, ?)", "x"); // to read it fails

        assertThat(fresh.of(DEVICE)).isPresent();
        assertThat(errors).hasValue(0);

        desk.console.time.pass(Duration.ofHours(1));
        desk.console.add(Console.APP, "1.3.0", 4, 3, Kind.BUNDLE);
        desk.bring();
        assertThat(fresh.of(DEVICE)).isPresent();
        assertThat(errors).hasValue(1);
    }

    @OnBothDatabases
    void releasesThatCannotBeReadAreTriedOnceAMinuteAndToldOnce(Consoles consoles) throws Exception {
        begin(consoles);
        String whole = new String(
                desk.tables()
                        .read(connection -> MetadataRows.one(connection, MetadataRows.RELEASE, TIMESTAMP))
                        .orElseThrow(),
                StandardCharsets.UTF_8);
        update("update releases_metadata set content = ? where name = 'timestamp.json'", "{}");

        for (int poll = 0; poll < 3; poll++) {
            assertThat(fresh.of(DEVICE)).isPresent();
        }
        int once = opened.get();
        desk.console.time.pass(Duration.ofMinutes(1));
        assertThat(fresh.of(DEVICE)).isPresent();

        assertThat(opened).hasValue(2 * once);
        assertThat(errors).hasValue(1);

        update("update releases_metadata set content = ? where name = 'timestamp.json'", whole);
        desk.console.time.pass(Duration.ofMinutes(1));
        assertThat(fresh.of(DEVICE)).as("held back again").isEmpty();
    }

    /** What is assigned is below a floor. */
    private void begin(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        desk.assigned(desk.order(Changes.NONE));
        desk.console.time.pass(Duration.ofHours(1));
        desk.console.add(Console.APP, "1.2.0", 3, 3, Kind.BUNDLE);
        desk.bring();
        fresh = desk.fresh(
                () -> {
                    opened.incrementAndGet();
                    return desk.console.settings;
                },
                log());
    }

    private Logger log() {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("error")) {
                        errors.incrementAndGet();
                    }
                    return null;
                });
    }

    private HeldBack.Edition edition() throws ReleasesException {
        return desk.tables().read(HeldBack.Edition::now);
    }

    private void save(String name, String content) throws ReleasesException {
        desk.tables().write(connection -> {
            MetadataRows rows = MetadataRows.load(connection, MetadataRows.RELEASE);
            rows.save(name, content.getBytes(StandardCharsets.UTF_8));
            rows.write(connection);
            return null;
        });
    }

    private void update(String sql, String value) throws ReleasesException {
        desk.tables().write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, value);
                assertThat(statement.executeUpdate()).isPositive();
            }
            return null;
        });
    }
}
