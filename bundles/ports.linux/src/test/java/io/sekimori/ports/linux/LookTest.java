package io.sekimori.ports.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.ports.Listener;
import io.sekimori.ports.Listener.Transport;
import io.sekimori.ports.PortCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookTest {

    private static final Declaration WEB = new Declaration("web", Transport.TCP, 8443, "", false);
    private static final Declaration CONTROL = new Declaration("control", Transport.UNIX, 0, "/unit/run/.c*/s", false);
    private static final Settings NOTHING_ELSE = new Settings(Set.of(), false);

    @TempDir
    Path root;

    private FakeProc proc;
    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void kernel() throws IOException {
        proc = new FakeProc(root);
    }

    @Test
    void whatIsDeclaredIsNamedAfterItsBundle() throws IOException {
        proc.line("net/tcp", FakeProc.tcp(false, 8443, 7)).has(FakeProc.SELF, 7);
        proc.line("net/unix", FakeProc.unix("/unit/run/.c1x/s", 8)).has(FakeProc.SELF, 8);

        assertThat(look(NOTHING_ELSE, WEB, CONTROL))
                .extracting(Listener::bundle)
                .containsExactly("web", "control");
        assertThat(found).isEmpty();
    }

    @Test
    void whatNoBundleDeclaresIsFound() throws IOException {
        proc.line("net/tcp", FakeProc.tcp(true, 4444, 7)).has(FakeProc.SELF, 7);

        look(NOTHING_ELSE);

        assertThat(found).containsExactly("PORT_UNDECLARED tcp 127.0.0.1:4444");
    }

    @Test
    void aDeclaredPortThatIsClosedIsFoundUnlessItIsOptional() throws IOException {
        look(NOTHING_ELSE, WEB, new Declaration("usb", Transport.TCP, 99, "", true));

        assertThat(found).containsExactly("PORT_MISSING tcp 8443 of web");
    }

    @Test
    void anotherProcessInThePlaceOfABundleIsForeignAndTheBundlesIsMissing() throws IOException {
        proc.process(55, "evil\u0007")
                .line("net/tcp", FakeProc.tcp(false, 8443, 7))
                .has(55, 7);

        look(NOTHING_ELSE, WEB);

        assertThat(found).containsExactly("PORT_FOREIGN tcp 0.0.0.0:8443 (evil?)", "PORT_MISSING tcp 8443 of web");
    }

    @Test
    void othersNeedADeclarationForWhatTheNetworkReaches() throws IOException {
        proc.line("net/tcp", FakeProc.tcp(false, 22, 7)).line("net/tcp", FakeProc.tcp(true, 631, 8));

        look(NOTHING_ELSE);
        look(new Settings(Set.of("tcp/22"), true));
        look(new Settings(Set.of("tcp/22"), false));

        assertThat(found).containsExactly("PORT_FOREIGN tcp 0.0.0.0:22", "PORT_FOREIGN tcp 127.0.0.1:631");
    }

    @Test
    void localSocketsOfOthersAreTheirFilesBusiness() throws IOException {
        proc.line("net/unix", FakeProc.unix("/run/dbus", 9));

        assertThat(look(NOTHING_ELSE)).isEmpty();
    }

    @Test
    void somebodyWhoAttachedIsFound() throws IOException {
        proc.line("net/unix", FakeProc.unix("/tmp/.java_pid100", 9)).has(FakeProc.SELF, 9);

        look(NOTHING_ELSE);

        assertThat(found).containsExactly("ATTACH_OPEN unix /tmp/.java_pid100");
    }

    @Test
    void whatCannotBeReadIsNoSilence() throws IOException {
        for (String table : List.of("net/udp", "net/unix", "net/tcp")) {
            proc.without(table);
            assertThatThrownBy(() -> look(NOTHING_ELSE)).isInstanceOf(IOException.class);
            proc.write(table, "heading\n");
        }
        proc.write("net/if_inet6", "");
        assertThatThrownBy(() -> look(NOTHING_ELSE)).isInstanceOf(IOException.class);
    }

    @Test
    void aTableBeyondTheBoundIsNotReadInPart() throws IOException {
        proc.write("net/tcp", "x".repeat(ProcFiles.MAX_BYTES + 1));

        assertThatThrownBy(() -> look(NOTHING_ELSE)).hasMessageContaining("more than");
    }

    @Test
    void aSocketOfThisTestIsSeenInTheRealTables() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new Owners(Owners.system(), ProcessHandle.current().pid()).all())
                    .filteredOn(each -> each.socket().port() == socket.getLocalPort() && each.own())
                    .hasSize(1);
        }
    }

    @Test
    void aConfiguredPortIsTheOneExpected() {
        Map<String, Object> attributes = Map.of("transport", "tcp", "port", "8443", "pid", "web", "key", "port");

        assertThat(Declaration.of("web", attributes, root, (pid, key) -> Optional.of(9000))
                        .port())
                .isEqualTo(9000);
        assertThat(Declaration.of("web", attributes, root, (pid, key) -> Optional.empty())
                        .port())
                .isEqualTo(8443);
    }

    @Test
    void aDeclarationThatSaysNothingIsRefused() {
        for (Map<String, Object> attributes : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("transport", "tcp"),
                Map.of("transport", "unix"),
                Map.of("transport", "tcp", "port", "x"),
                Map.of("transport", "udp", "port", 70_000L))) {
            assertThatThrownBy(() -> Declaration.of("b", attributes, root, (pid, key) -> Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Settings(Set.of("ssh"), false)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Listener> look(Settings settings, Declaration... declared) throws IOException {
        return new Comparison(List.of(declared), settings, this::found)
                .of(new Owners(proc.files(), FakeProc.SELF).all());
    }

    private void found(PortCode code, String detail) {
        found.add(code + " " + detail);
    }
}
