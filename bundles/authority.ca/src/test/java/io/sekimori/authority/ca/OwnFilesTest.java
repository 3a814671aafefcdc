package io.sekimori.authority.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a console keeps for itself and for its broker. */
class OwnFilesTest {

    @OnBothDatabases
    void opensslTrustsWhatTheBrokerIsGiven(Consoles consoles) throws Exception {
        Path broker = new Bench(consoles).folder().broker();

        assertThat(openssl(
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslserver",
                        "-CAfile",
                        broker.resolve("anchors.pem").toString(),
                        "-untrusted",
                        broker.resolve("chain.pem").toString(),
                        "-verify_hostname",
                        "broker.example",
                        broker.resolve("chain.pem").toString()))
                .endsWith("OK\n");
        assertThat(openssl("crl", "-in", broker.resolve("crl.pem").toString(), "-noout", "-text"))
                .contains("No Revoked Certificates");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(broker.resolve("key.pem"))))
                .isEqualTo("rw-------");
        assertThat(openssl("pkey", "-in", broker.resolve("key.pem").toString(), "-noout", "-text"))
                .contains("prime256v1");
    }

    @OnBothDatabases
    void aServerSendsTheRootAlongAndAClientDoesNot(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();

        assertThat(authority.server()).isSameAs(authority.server());
        authority.client(7);

        List<X509Certificate> server = bench.keys.chains.get("console-server");
        assertThat(server).hasSize(3).endsWith(bench.root);
        assertThat(Names.of(server.get(0))).containsExactlyInAnyOrder("console.example", "localhost", "127.0.0.1");
        assertThat(server.get(0).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        List<X509Certificate> client = bench.keys.chains.get("console-7");
        assertThat(client).hasSize(2).doesNotContain(bench.root);
        assertThat(client.get(0).getSubjectX500Principal().getName()).isEqualTo("CN=console-7,OU=console");
        assertThat(client.get(0).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThatIllegalArgumentException().isThrownBy(() -> authority.client(0));
    }

    @OnBothDatabases
    void anOwnCertificateOutlivesAProcessAndIsRenewedInTime(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        bench.console().server();
        X509Certificate first = bench.keys.chains.get("console-server").get(0);

        bench.console().server();
        assertThat(bench.keys.chains.get("console-server").get(0)).isEqualTo(first);

        bench.ahead = Duration.ofDays(340);
        CaAuthority running = bench.console();
        running.server();
        X509Certificate second = bench.keys.chains.get("console-server").get(0);
        assertThat(second).isNotEqualTo(first);
        assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());

        running.apply(
                Configurations.of("https://[::1]:8443", "ssl://broker.example:8883", Bench.ROOT, "other.example"));
        running.server();
        assertThat(Names.of(bench.keys.chains.get("console-server").get(0)))
                .contains("0:0:0:0:0:0:0:1", "other.example");
        assertThat(running.server()).isSameAs(running.server());
    }

    @OnBothDatabases
    void theBrokerHearsOfRevocationsAndGetsNewNames(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        KeyPair key = Bench.pair();
        X509Certificate certificate = Bench.enrol(authority, bench.code(authority), key);
        Path broker = bench.folder().broker();
        authority.apply(Configurations.of("https://a.example:8443", "ssl://new.example:8883", Bench.ROOT));
        authority.begin();
        try {
            authority.revoke(Bench.GATEWAY, "lost", "person:alice");

            await(() -> isRevoked(broker.resolve("crl.pem"), certificate));
            await(() -> names(broker.resolve("chain.pem")).contains("new.example"));
        } finally {
            authority.end();
        }
    }

    @OnBothDatabases
    void anAuthorityWithoutItsFilesOrKeyRefuses(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        bench.keys.pairs.put(NewAuthority.ISSUING_KEY, Bench.pair());
        assertThat(failure(bench.console())).isEqualTo(AuthorityCode.AUTHORITY_KEY_REFUSED);

        Files.delete(bench.folder().path().resolve("ca.pem"));
        assertThat(failure(bench.console())).isEqualTo(AuthorityCode.AUTHORITY_UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "http://console.example,ssl://broker.example:8883,ab",
        "https://console.example,tcp://broker.example:1883,ab",
        "https://console.example,ssl://broker.example:8883,zz"
    })
    void aConfigurationThatSaysNothingUsefulIsRefused(String console, String broker, String byteOfRoot) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Configurations.of(console, broker, byteOfRoot.repeat(32))));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_827})
    void aLifetimeOutOfBoundsIsRefused(int days) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(
                        Configurations.of(days, "https://console.example", "ssl://broker.example:8883", Bench.ROOT)))
                .withMessageContaining("1 to 1826");
    }

    private static AuthorityCode failure(CaAuthority authority) {
        return catchThrowableOfType(AuthorityException.class, authority::server).code();
    }

    private static boolean isRevoked(Path list, X509Certificate certificate) {
        try {
            return Lists.of(Files.readAllBytes(list)).isRevoked(certificate);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> names(Path chain) {
        try {
            return Names.of(Pem.read(chain).get(0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("what was waited for did not happen");
            }
            Thread.onSpinWait();
        }
    }

    private static String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, "openssl");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
