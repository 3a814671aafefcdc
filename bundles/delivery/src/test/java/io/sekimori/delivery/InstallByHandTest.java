package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.control.ControlAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person on site has what is assigned installed. */
class InstallByHandTest {

    @TempDir
    private Path directory;

    private AskingGateway gateway;
    private ConsoleServer server;
    private FakeUpdate update;

    @BeforeEach
    void begin() throws Exception {
        gateway = new AskingGateway(directory);
        server = gateway.server;
        update = gateway.update;
    }

    @AfterEach
    void end() {
        gateway.end();
    }

    @Test
    void aPersonOnSiteHasWhatIsAssignedInstalledWhateverHindersItByItself() {
        gateway.assign(9);
        update.hindrance = Optional.of(new Reason("INSTALL_BY_HAND", ""));

        assertThat(gateway.courier.install("tom", OptionalLong.empty()))
                .isEqualTo(new ControlAnswer.Done(Map.of("id", "t1", "assignment", 9L)));
        assertThat(update.origins).containsExactly(new Origin("tom", "local"));
    }

    /** The console may assign something else while a person looks. */
    @Test
    void whatAPersonLookedAtIsInstalledAndNothingNewer() {
        gateway.assign(10);

        assertThat(code(gateway.courier.install("tom", OptionalLong.of(9)))).isEqualTo("ASSIGNMENT_CHANGED");
        assertThat(update.applied).isEmpty();
        assertThat(gateway.courier.install("tom", OptionalLong.of(10)))
                .isEqualTo(new ControlAnswer.Done(Map.of("id", "t1", "assignment", 10L)));
    }

    @Test
    void whatCannotBeInstalledByHandSaysWhy() {
        assertThat(code(gateway.courier.install("tom", OptionalLong.empty()))).isEqualTo("NOTHING_ASSIGNED");

        gateway.assign(9);
        update.open =
                Optional.of(new OpenTransition("t0", 1, 2, Phase.SWAP, Instant.now(), new Origin("local:root", "usb")));
        assertThat(code(gateway.courier.install("tom", OptionalLong.empty()))).isEqualTo("TRANSITION_OPEN");

        server.close();
        assertThat(code(gateway.courier.install("tom", OptionalLong.empty()))).isEqualTo("CONSOLE_NOT_REACHED");

        gateway.enrolled = false;
        assertThat(code(gateway.courier.install("tom", OptionalLong.empty()))).isEqualTo("NOT_ENROLLED");
    }

    private static String code(ControlAnswer answer) {
        return ((ControlAnswer.Refused) answer).code();
    }
}
