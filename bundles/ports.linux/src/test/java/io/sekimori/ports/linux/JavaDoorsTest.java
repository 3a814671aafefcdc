package io.sekimori.ports.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.ports.PortCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaDoorsTest {

    @TempDir
    Path root;

    private FakeProc proc;

    @BeforeEach
    void kernel() throws IOException {
        proc = new FakeProc(root);
    }

    @Test
    void aPlainStartHasNoDoors() throws IOException {
        assertThat(look(Set.of("java.version"), "")).isEmpty();
    }

    @Test
    void theDebuggerIsFoundHoweverItWasAskedFor() throws IOException {
        String agent = "-agentlib:jdwp=transport=dt_socket,server=y";

        assertThat(look(Set.of(), agent)).containsExactly(PortCode.DEBUG_ON);
        assertThat(started(agent)).containsExactly(PortCode.DEBUG_ON);
        assertThat(started("-Xrunjdwp:server=y")).containsExactly(PortCode.DEBUG_ON);
        assertThat(started("-agentpath:/x/libjdwp.so")).containsExactly(PortCode.DEBUG_ON);
    }

    @Test
    void anAgentThatWasLoadedLaterIsFoundInMemory() throws IOException {
        proc.write(FakeProc.SELF + "/maps", "7f00 r-xp 0 fe:00 1 /usr/lib/jvm/lib/libjdwp.so\n");

        assertThat(look(Set.of(), "")).containsExactly(PortCode.DEBUG_ON);
    }

    @Test
    void remoteManagementIsFound() throws IOException {
        assertThat(look(Set.of("com.sun.management.jmxremote.port"), "")).containsExactly(PortCode.JMX_ON);
        assertThat(started("-Dcom.sun.management.jmxremote")).containsExactly(PortCode.JMX_ON);
    }

    @Test
    void argumentsInAFileHideWhatIsOn() throws IOException {
        assertThat(started("@arguments")).containsExactly(PortCode.ARGUMENTS_HIDDEN);
        assertThat(started("-XX:VMOptionsFile=x")).containsExactly(PortCode.ARGUMENTS_HIDDEN);
    }

    @Test
    void whatCannotBeReadIsNoSilence() throws IOException {
        proc.without(FakeProc.SELF + "/maps");

        assertThatThrownBy(() -> look(Set.of(), "")).isInstanceOf(IOException.class);
    }

    private List<PortCode> started(String argument) throws IOException {
        proc.write(FakeProc.SELF + "/cmdline", "java\0-cp\0x.jar\0" + argument + "\0Main\0-agentlib:jdwp\0");
        return look(Set.of(), "");
    }

    private List<PortCode> look(Set<String> properties, String options) throws IOException {
        List<PortCode> found = new ArrayList<>();
        new JavaDoors(proc.files(), FakeProc.SELF, properties, name -> name.equals("JAVA_TOOL_OPTIONS") ? options : "")
                .look((code, detail) -> found.add(code));
        return found;
    }
}
