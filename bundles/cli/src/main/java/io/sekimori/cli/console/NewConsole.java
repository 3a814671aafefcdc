package io.sekimori.cli.console;

import io.sekimori.access.AccessException;
import io.sekimori.access.OneTimePassword;
import io.sekimori.access.people.FirstPerson;
import io.sekimori.audit.chain.ChainAuditLog;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.ca.NewAuthority;
import io.sekimori.authority.ca.SigningKey;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.file.KeyFiles;
import io.sekimori.records.people.RecordsPeople;
import io.sekimori.records.sql.SqlRecords;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.ReleaseRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A console's directory while it is filled. What must be signed for years is made in {@code offline}; what the console
 * signs with by itself goes into its unit. Confined to one thread.
 */
final class NewConsole {

    /** The keys that the console signs with by itself, by the role's word. */
    static final List<String> ONLINE = List.of("snapshot", "timestamp", "director");

    private static final String REPOSITORY = "io.sekimori.releases.repository";
    private static final String UNIT_KEYS = "io.sekimori.keys.file";

    private final Shell shell;
    private final ConsoleHome home;
    private final ConsoleFacts.Endpoint https;
    private final ConsoleFacts.Endpoint mqtt;
    private final String account;
    private final OwnCommands commands;
    private Optional<OneTimePassword> password = Optional.empty();
    private List<String> configured = List.of();

    NewConsole(Shell shell, ConsoleHome home, ConsoleFacts.Endpoint https, ConsoleFacts.Endpoint mqtt, String account) {
        this.shell = shell;
        this.home = home;
        this.https = https;
        this.mqtt = mqtt;
        this.account = account;
        this.commands = new OwnCommands(shell);
    }

    /** With more configurations of its unit, {@code PID:NAME=VALUE}. */
    NewConsole configuring(List<String> words) {
        configured = List.copyOf(words);
        return this;
    }

    ConsoleFacts make(List<Path> jars, String admin) throws IOException, Failure, KeyException, AuthorityException {
        step("init.step.keys");
        fleet();
        step("init.step.unit");
        unit().make(jars);
        step("init.step.authority");
        String fingerprint = authority();
        online();
        broker();
        ConsoleFacts facts = new ConsoleFacts(https, mqtt, account, fingerprint);
        OwnAudit.record(home, "console.init", Map.of("https", https.toString(), "fingerprint", fingerprint));
        person(admin);
        Files.write(home.facts(), facts.bytes());
        Files.write(home.factsCopy().facts(), facts.bytes());
        return facts;
    }

    /** The publisher's repository and the director: who may say what gateways run. */
    private void fleet() throws Failure {
        List<Object> words = new ArrayList<>(List.of("keys", "new", "--keys", home.keys()));
        words.addAll(List.of("root", "targets", "snapshot", "timestamp", "director-root", "factory"));
        ONLINE.forEach(name -> words.add("console-" + name));
        commands.give(words.toArray());
        commands.give(
                "release",
                "init",
                "--repository",
                home.releases(),
                "--keys",
                home.keys(),
                "--snapshot",
                "snapshot,console-snapshot",
                "--timestamp",
                "timestamp,console-timestamp");
        commands.give(
                "director",
                "init",
                "--director",
                home.director(),
                "--keys",
                home.keys(),
                "--root",
                "director-root",
                "--targets",
                "factory,console-director");
    }

    /** The unit once more, as when a console is restored. */
    void unitAgain(List<Path> jars) throws IOException, Failure {
        unit().again(jars);
    }

    private OwnUnit unit() {
        return new OwnUnit(commands, home, https, mqtt, account, configured);
    }

    /** Its root signs once and stays in {@code offline}. */
    private String authority() throws IOException, KeyException, AuthorityException {
        SigningKey root = key(home.offline().resolve("authority"), AuthorityCommand.ROOT_KEY);
        SigningKey issuing = key(home.data(UNIT_KEYS), NewAuthority.ISSUING_KEY);
        X509Certificate certificate = NewAuthority.make(
                home.unit(), root, issuing, List.of(mqtt.host(), "localhost", "127.0.0.1"), shell.clock());
        return PinnedTrust.fingerprint(certificate);
    }

    private static SigningKey key(Path folder, String name) throws KeyException {
        KeyFiles keys = new KeyFiles(folder);
        return new SigningKey(keys.create(name, KeyAlgorithm.EC_P256).key(), message -> keys.sign(name, message));
    }

    /** What the console signs with by itself leaves {@code offline}; the first roots say whom to believe. */
    private void online() throws IOException {
        Path repository = home.data(REPOSITORY);
        Files.createDirectories(repository.resolve("anchors"));
        Files.createDirectories(
                repository.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(
                repository.resolve("anchors").resolve("release.json"),
                ReleaseRepository.open(home.releases()).anchor());
        Files.write(
                repository.resolve("anchors").resolve("director.json"),
                DirectorRepository.open(home.director()).anchor());
        for (String role : ONLINE) {
            Files.move(
                    home.keys().resolve("console-" + role + ".key"),
                    repository.resolve("keys").resolve(role + ".key"));
        }
    }

    /** With a one-time password, which opens nothing but its own change. */
    private void person(String name) throws Failure {
        try (SqlRecords records = SqlRecords.ofUnit(home.unit());
                ChainAuditLog audit = ChainAuditLog.ofUnit(home.unit())) {
            password = Optional.of(FirstPerson.make(new RecordsPeople(records), audit, name, OwnAudit.actor()));
        } catch (AccessException e) {
            throw new Failure(ExitCode.FAILED, e.code().name(), String.valueOf(e.getMessage())).because(e);
        }
    }

    /** Shows the first person's password, once. */
    void revealPassword(Consumer<String> shown) {
        try (OneTimePassword once = password.orElseThrow()) {
            once.reveal(characters -> {
                shown.accept(new String(characters));
                return null;
            });
        }
    }

    /** The broker's certificates are renewed by the console, so they stay where it writes them. */
    void broker() throws IOException {
        Files.createDirectories(home.broker());
        Path certificates = home.broker().relativize(NewAuthority.brokerFolder(home.unit()));
        Files.write(
                home.broker().resolve("broker.json"),
                JsonText.bytes(Map.of(
                        "host", mqtt.host(),
                        "port", (long) mqtt.port(),
                        "account", account,
                        "key", certificates.resolve("key.pem").toString(),
                        "chain", certificates.resolve("chain.pem").toString(),
                        "anchors", certificates.resolve("anchors.pem").toString(),
                        "crl", certificates.resolve("crl.pem").toString())));
    }

    private void step(String key) {
        shell.note(shell.messages().text(key));
    }
}
