package io.sekimori.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real connections between two contexts made of keys in files. */
class KeyTlsTest {

    @TempDir
    private Path folder;

    private final Certificates ca = new Certificates();
    private KeyFiles files;
    private PublicKey server;
    private PublicKey client;

    @BeforeEach
    void makeKeys() throws KeyException {
        files = new KeyFiles(folder.resolve("keys"));
        server = files.create("server", KeyAlgorithm.EC_P256).key();
        client = files.create("client", KeyAlgorithm.EC_P256).key();
    }

    @Test
    void bothSidesProveWhoTheyAreOverTls13() throws Exception {
        String heard = converse(context("server", ca.of(server, Certificates.SERVER)), goodClient());

        assertThat(heard).isEqualTo("TLSv1.3 CN=peer");
    }

    @Test
    void anOlderProtocolIsNotSpoken() throws Exception {
        SSLContext old = SSLContext.getInstance("TLSv1.2");
        old.init(null, null, null);

        assertThatThrownBy(() -> converse(context("server", ca.of(server, Certificates.SERVER)), old))
                .isInstanceOf(IOException.class);
        assertThat(goodClient().getDefaultSSLParameters().getProtocols()).containsExactly("TLSv1.3");
        assertThat(goodClient().createSSLEngine().getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(goodClient().createSSLEngine("localhost", 1).getEnabledProtocols())
                .containsExactly("TLSv1.3");
    }

    @Test
    void aServerOfAnotherCaIsRefused() {
        refusesServer(new Certificates().of(server, Certificates.SERVER), "PKIX path");
    }

    @Test
    void aServerThatIsMadeForAClientIsRefused() {
        refusesServer(ca.of(server, Certificates.CLIENT), "Extended key usage");
    }

    @Test
    void aServerThatIsMadeForNothingIsRefused() {
        refusesServer(ca.of(server, null), "not made for this use");
    }

    @Test
    void aServerThatHasExpiredIsRefused() {
        refusesServer(ca.of(server, Certificates.SERVER, Duration.ofHours(-1)), "validity");
    }

    @Test
    void aConnectionThatDoesNotCheckTheHostIsRefused() throws Exception {
        SSLContext context = context("server", ca.of(server, Certificates.SERVER));

        assertThatThrownBy(() -> converse(context, goodClient(), null))
                .hasStackTraceContaining("does not say that the host is to be checked");
    }

    @Test
    void aServerOfAnotherNameIsRefused() throws Exception {
        SSLContext context = context("server", ca.of(server, Certificates.SERVER));

        assertThatThrownBy(() -> converse(context, goodClient(), "127.0.0.1", "HTTPS"))
                .hasStackTraceContaining("subject alternative names");
    }

    @Test
    void aClientOfAnotherCaIsRefused() throws Exception {
        refusesClient(context("client", new Certificates().of(client, Certificates.CLIENT)));
    }

    @Test
    void aClientThatIsMadeForAServerIsRefused() throws Exception {
        refusesClient(context("client", ca.of(client, Certificates.SERVER)));
    }

    @Test
    void aClientThatHasEndedIsLetInByAServerThatJudgesItItselfAlone() throws Exception {
        SSLContext ended = context("client", ca.of(client, Certificates.CLIENT, Duration.ofHours(-1)));

        refusesClient(ended);
        assertThat(converse(judging(), ended)).isEqualTo("TLSv1.3 CN=peer");
    }

    @Test
    void aServerThatJudgesItsClientsItselfStillRefusesStrangers() throws Exception {
        SSLContext foreign =
                context("client", new Certificates().of(client, Certificates.CLIENT, Duration.ofHours(-1)));
        SSLContext otherUse = context("client", ca.of(client, Certificates.SERVER, Duration.ofHours(-1)));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> converse(judging(), foreign));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> converse(judging(), otherUse));
        assertThat(converse(judging(), goodClient())).isEqualTo("TLSv1.3 CN=peer");
    }

    @Test
    void aClientGoesByTheTimeThatItIsGiven() throws Exception {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        SSLContext ended = context("server", ca.of(server, Certificates.SERVER, Duration.ofHours(-1)));
        SSLContext good = context("server", ca.of(server, Certificates.SERVER));

        assertThat(converse(ended, clientAt(yesterday))).isEqualTo("TLSv1.3 CN=peer");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> converse(ended, goodClient()));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> converse(good, clientAt(Instant.EPOCH)));
    }

    private SSLContext clientAt(Instant time) throws KeyException {
        return KeyTls.client(
                files, "client", List.of(ca.of(client, Certificates.CLIENT)), List.of(ca.anchor), () -> time);
    }

    private SSLContext judging() throws KeyException {
        return KeyTls.server(files, "server", List.of(ca.of(server, Certificates.SERVER)), List.of(ca.anchor));
    }

    @Test
    void aKeyDestroyedMeanwhileIsUsedNoMore() throws Exception {
        SSLContext context = goodClient();
        converse(context("server", ca.of(server, Certificates.SERVER)), context);

        files.destroy("client");

        refusesClient(context);
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() {
        assertThat(codeOf(() -> KeyTls.context(
                        files, "client", List.of(ca.of(server, Certificates.CLIENT)), List.of(ca.anchor))))
                .isEqualTo(KeyCode.CERTIFICATE_NOT_FOR_KEY);
        assertThat(codeOf(() -> KeyTls.context(files, "client", List.of(), List.of(ca.anchor))))
                .isEqualTo(KeyCode.CERTIFICATE_NOT_FOR_KEY);
        assertThat(codeOf(
                        () -> KeyTls.context(files, "client", List.of(ca.of(client, Certificates.CLIENT)), List.of())))
                .isEqualTo(KeyCode.CERTIFICATE_NOT_FOR_KEY);
        assertThat(codeOf(() -> KeyTls.context(
                        files, "nobody", List.of(ca.of(client, Certificates.CLIENT)), List.of(ca.anchor))))
                .isEqualTo(KeyCode.KEY_UNKNOWN);
    }

    private interface Making {
        SSLContext make() throws KeyException;
    }

    private static KeyCode codeOf(Making making) {
        return catchThrowableOfType(KeyException.class, making::make).code();
    }

    private SSLContext goodClient() throws KeyException {
        return context("client", ca.of(client, Certificates.CLIENT));
    }

    private SSLContext context(String key, X509Certificate certificate) throws KeyException {
        return KeyTls.context(files, key, List.of(certificate), List.of(ca.anchor));
    }

    private void refusesServer(X509Certificate certificate, String why) {
        assertThatThrownBy(() -> converse(context("server", certificate), goodClient()))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining(why);
    }

    private void refusesClient(SSLContext context) throws KeyException {
        SSLContext good = context("server", ca.of(server, Certificates.SERVER));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> converse(good, context));
    }

    private static String converse(SSLContext server, SSLContext client) throws Exception {
        return converse(server, client, "HTTPS");
    }

    private static String converse(SSLContext server, SSLContext client, @Nullable String check) throws Exception {
        return converse(server, client, "localhost", check);
    }

    /** The protocol and the name of the client as the server sees them; the client's failure if it fails. */
    private static String converse(SSLContext server, SSLContext client, String host, @Nullable String check)
            throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> serve(listening));
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket()) {
                socket.connect(new InetSocketAddress(host, listening.getLocalPort()), 10_000);
                socket.setSoTimeout(10_000);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm(check);
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                // A server that refuses the client's certificate says so after the handshake, at the first read.
                if (socket.getInputStream().read() != 'x') {
                    throw new IOException("the server has hung up");
                }
            }
            return seen.get(10, TimeUnit.SECONDS);
        }
    }

    private static String serve(SSLServerSocket listening) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            socket.getOutputStream().write('x');
            return socket.getSession().getProtocol() + " "
                    + socket.getSession().getPeerPrincipal().getName();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
