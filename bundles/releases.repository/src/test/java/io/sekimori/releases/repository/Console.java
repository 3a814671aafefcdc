package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditLog;
import io.sekimori.records.Records;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.Swap;
import io.sekimori.trust.UnitReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.service.log.Logger;

/** A publisher with real keys, and a console that was set up with the roots and online keys of its operator. */
final class Console {

    static final String MODEL = "M-1";
    static final String ENGINE = "io.sekimori.update.engine";
    static final String APP = "org.example.app";
    static final String LAUNCHER = "io.sekimori.launcher";

    final Path unit;
    final Path work;
    final KeyFile root;
    final KeyFile targets;
    final KeyFile online;
    final ReleaseRepository offline;
    final DirectorRepository offlineDirector;
    final List<AuditEntry> audited = new ArrayList<>();
    final Settings settings;
    final Time time = new Time();
    private List<Release> known = List.of();

    /** A clock that stands where a test puts it. */
    static final class Time extends Clock {
        Instant now = Instant.parse("2026-11-22T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration duration) {
            now = now.plus(duration);
        }
    }

    Console(Path work, Path unit) throws IOException {
        this.work = work;
        this.unit = unit;
        Place place = new Place(unit.resolve("data").resolve(Settings.PID), unit.resolve("files"));
        this.settings = new Settings(place, Lifetimes.DEFAULT.assigning(Duration.ofDays(30)));
        Files.createDirectories(work.resolve("keys"));
        Files.createDirectories(place.folder().resolve("keys"));
        Files.createDirectories(place.folder().resolve("anchors"));
        root = KeyFile.create(work.resolve("keys/root.key"));
        targets = KeyFile.create(work.resolve("keys/targets.key"));
        online = KeyFile.create(place.folder().resolve("keys/online.key"));
        offline = ReleaseRepository.init(
                work.resolve("releases"),
                Map.of(
                        Role.ROOT, RoleKeys.of(1, root.publicKey()),
                        Role.TARGETS, RoleKeys.of(1, targets.publicKey()),
                        Role.SNAPSHOT, RoleKeys.of(1, online.publicKey()),
                        Role.TIMESTAMP, RoleKeys.of(1, online.publicKey())),
                List.of(root),
                Lifetimes.DEFAULT,
                time.now);
        offlineDirector = DirectorRepository.init(
                work.resolve("director"),
                Map.of(
                        Role.ROOT, RoleKeys.of(1, root.publicKey()),
                        Role.TARGETS, RoleKeys.of(1, online.publicKey())),
                List.of(root),
                Lifetimes.DEFAULT,
                time.now);
        Files.write(place.folder().resolve("anchors/release.json"), offline.anchor());
        Files.write(place.folder().resolve("anchors/director.json"), offlineDirector.anchor());
    }

    SignedReleases releases(Records records) {
        SignedReleases releases = new SignedReleases(settings, unit, time, silent(Logger.class));
        releases.records = records;
        releases.audit = audit();
        return releases;
    }

    SigningDirector director(Records records) {
        SigningDirector director = new SigningDirector(settings, unit, time, silent(Logger.class));
        director.records = records;
        director.audit = audit();
        return director;
    }

    StickPacks packs(Records records) {
        StickPacks packs = new StickPacks(settings, unit, time, silent(Logger.class));
        packs.records = records;
        packs.audit = audit();
        return packs;
    }

    CollectedApprovals approvals(Records records, int mostBytes) {
        CollectedApprovals approvals = new CollectedApprovals(settings, unit, time, mostBytes, silent(Logger.class));
        approvals.records = records;
        approvals.audit = audit();
        return approvals;
    }

    AuditLog audit() {
        return (AuditLog) Proxy.newProxyInstance(
                Console.class.getClassLoader(), new Class<?>[] {AuditLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("append")) {
                        synchronized (audited) {
                            audited.add((AuditEntry) arguments[0]);
                        }
                    }
                    return null;
                });
    }

    static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                Console.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    /** Releases a bundle offline; {@link #signed} signs it. */
    Release add(String symbolicName, String version, long counter, long floor, Kind kind) throws IOException {
        Path jar = jar(symbolicName, version);
        ReleaseFacts facts = new ReleaseFacts(symbolicName, version, counter, floor, 0, Swap.OVERLAP, kind, List.of());
        return offline.add(jar, facts, Lifetimes.DEFAULT, time.now);
    }

    /** Releases a bundle of a delegated publisher offline. */
    Release add(String role, String symbolicName, String version, long counter) throws IOException {
        ReleaseFacts facts =
                new ReleaseFacts(symbolicName, version, counter, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of());
        return offline.add(role, jar(symbolicName, version), facts, Lifetimes.DEFAULT, time.now);
    }

    /** What a delegated publisher signed, staged. */
    byte[] signed(String role, KeyFile publisher) throws IOException {
        offline.sign(List.of(publisher));
        return Files.readAllBytes(work.resolve("releases/staged/delegated." + role + ".json"));
    }

    /** The targets as the publisher signed them, staged. */
    byte[] signed() throws IOException {
        offline.sign(List.of(targets));
        return Files.readAllBytes(work.resolve("releases/staged/targets.json"));
    }

    /** The published targets with a later version. */
    byte[] signedAgain() throws IOException {
        offline.stageRenewal(Lifetimes.DEFAULT, time.now);
        return signed();
    }

    /** Goes on from what was signed. */
    void published() throws IOException {
        offline.publish(List.of(online), Lifetimes.DEFAULT, time.now);
    }

    /** Brings every file, then the targets; afterwards the offline side goes on from there. */
    byte[] bring(SignedReleases releases) throws Exception {
        byte[] signed = signed();
        for (Release release : offline.releases()) {
            releases.importFile(release.sha256(), new ByteArrayInputStream(bytes(release)));
        }
        releases.importTargets(signed, "person:rita");
        published();
        known = offline.releases();
        return signed;
    }

    byte[] bytes(Release release) throws IOException {
        try (var in = offline.targets().open(release)) {
            return in.readAllBytes();
        }
    }

    /** Engine, application and launcher in version 1.0.0. */
    void product() throws IOException {
        add(ENGINE, "1.0.0", 1, 0, Kind.BUNDLE);
        add(APP, "1.0.0", 1, 0, Kind.BUNDLE);
        add(LAUNCHER, "1.0.0", 1, 0, Kind.SLOT);
    }

    Release released(String symbolicName, String version) throws IOException {
        List<Release> all = known.isEmpty() ? offline.releases() : known;
        return all.stream()
                .filter(release -> release.symbolicName().equals(symbolicName)
                        && release.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    static String device(int number) {
        return Sha256.hex(("device " + number).getBytes(StandardCharsets.UTF_8));
    }

    /** What a gateway that runs the product says of itself. */
    String report(String device, long assignment) throws IOException {
        List<UnitReport.Item> bundles = List.of(item(released(ENGINE, "1.0.0"), 4), item(released(APP, "1.0.0"), 7));
        return report(device, assignment, bundles);
    }

    String report(String device, long assignment, List<UnitReport.Item> bundles) throws IOException {
        UnitReport.Running running = new UnitReport.Running(
                1,
                1,
                assignment,
                bundles,
                List.of(item(released(LAUNCHER, "1.0.0"), 1)),
                Map.of("org.example.pid", Map.of("kept", "yes", "changed", "no")));
        return report(device, running, List.of());
    }

    /** Of a gateway whose launcher runs on that Java runtime. */
    String reportOnJava(String device, Release java) throws IOException {
        UnitReport.Running running = new UnitReport.Running(
                1,
                1,
                1,
                List.of(item(released(ENGINE, "1.0.0"), 4)),
                List.of(item(released(LAUNCHER, "1.0.0"), 1), item(java, 1)),
                Map.of());
        return report(device, running, List.of());
    }

    String report(String device, UnitReport.Running running, List<String> findings) {
        UnitReport report = new UnitReport(
                device,
                MODEL,
                "0001",
                running,
                new UnitReport.Trusted(1, 1, 1, 1, 1, running.assignment()),
                Optional.empty(),
                findings,
                time.now,
                1,
                "");
        byte[] signed = SignedReport.sign(report, "EC_P256", new byte[] {1}, message -> new byte[] {1});
        return new String(signed, StandardCharsets.UTF_8);
    }

    static UnitReport.Item item(Release release, int level) {
        return new UnitReport.Item(release.symbolicName(), release.version(), release.sha256(), level);
    }

    private Path jar(String symbolicName, String version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        Files.createDirectories(work.resolve("jars"));
        Path jar = Files.createTempFile(work.resolve("jars"), symbolicName, ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            zip.putNextEntry(new ZipEntry("content.txt"));
            zip.write((symbolicName + version).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return jar;
    }
}
