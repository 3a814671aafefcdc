package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Pack;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.SignedAssignment;
import io.sekimori.trust.Withdrawals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives the commands of docs/approvals.md, as its readers would, and looks at the pack as the gateway does. */
class ApprovalsPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "approvals.md");

    @TempDir
    private Path directory;

    private Session session;
    private final Map<String, String> said = new HashMap<>();

    @BeforeEach
    void giveEveryCommandOfThePage() throws Exception {
        Factory factory = new Factory(directory).open();
        factory.jar("meter2.jar", "org.example.meter", "2.0.0", "second");
        session = factory.session();
        session.must("release add --repository releases meter2.jar");
        session.must("release sign --repository releases");
        Files.createDirectories(directory.resolve("people"));
        List<String> commands = PageCommands.of(PAGE);
        assertThat(commands).hasSizeGreaterThan(15);
        for (String command : commands) {
            said.put(command, session.must(command).out());
        }
    }

    @Test
    void whatIsPackedIsApproved() throws Exception {
        assertThat(judge(Session.NOW)).isEmpty();
        assertThat(judge(Session.NOW.plus(Duration.ofDays(14)))
                        .map(Refusal::toString)
                        .orElseThrow())
                .startsWith("APPROVALS_EXPIRED: [release-manager has 0 of 1, customer has 1 of 2]");
    }

    @Test
    void whatWasTakenBackIsSaidAndDoesNotCount() throws Exception {
        assertThat(said.get("approval show back.json"))
                .contains("is taken back")
                .contains("by the key ");
        assertThat(judge("later.zip", Session.NOW).map(Refusal::toString).orElseThrow())
                .startsWith("APPROVALS_WITHDRAWN: [customer has 1 of 2]");
        refused("approval withdraw request.json --keys ann --out y.json", 2, "KEY_UNNAMED");
        refused("approval withdraw request.json --keys ann --key ann --content 00 --out y.json", 1, "APPROVAL_CONTENT");
        assertThat(directory.resolve("y.json")).doesNotExist();
    }

    @Test
    void whoSignsSeesInWordsWhatItIs() {
        assertThat(said.get("approval show request.json"))
                .contains("Gateways of the model M-1 (1 now) would run this")
                .contains("org.example.meter 2.0.0  counter 2  sha256 ")
                .contains("org.example.meter: label = kitchen");
        assertThat(said.get("approval sign request.json --keys ann --key ann --out ann.json"))
                .contains("org.example.meter 2.0.0")
                .contains("until 2026-12-05T12:00:00Z for all gateways of its model");
        assertThat(said.get("approval show dai.json"))
                .contains("for 1 gateways")
                .contains("by the key ")
                .doesNotContain("cannot be verified");
    }

    @Test
    void whatWouldHelpNobodyIsRefused() throws Exception {
        refused("approval sign request.json --keys ann --out x.json", 2, "KEY_UNNAMED");
        refused("approval sign request.json --keys ann --key ann --days 91 --out x.json", 2, "APPROVAL_DAYS");
        refused("approval sign request.json --keys ann --key ann --content 00 --out x.json", 1, "APPROVAL_CONTENT");
        refused("approval sign ann.json --keys ann --key ann --out x.json", 1, "APPROVALS_BROKEN");
        refused("approval policy --keys people --group one=1 --out x.json", 2, "APPROVAL_GROUP");
        refused("approval policy --keys people --group one=1:ann,ann --out x.json", 2, "APPROVAL_GROUP");
        refused("approval policy --keys people --group one=2:ann --out x.json", 2, "APPROVAL_POLICY");
        refused("approval policy --keys people --group one=1:ann --group two=1:ann --out x.json", 2, "APPROVAL_POLICY");
        assertThat(directory.resolve("x.json")).doesNotExist();
        Files.writeString(directory.resolve("broken.json"), "{\"format\":1,\"groups\":[]}");
        refused(
                "factory --unit other --feature product.json --repository releases --director director --model M-1"
                        + " --serial 0002 --start-script start.sh --approvals broken.json",
                1,
                "APPROVAL_POLICY_BROKEN");
        assertThat(directory.resolve("other")).doesNotExist();
        Files.writeString(
                directory.resolve("later.json"),
                "{\"format\":1,\"approvals\":[{\"signed\":{\"_type\":\"approval\",\"format\":2},\"signatures\":[]}]}");
        refused(
                "release pack --repository releases --director director --serial 0001 --approvals later.json --out p.zip",
                1,
                "APPROVAL_UNREADABLE");
    }

    private void refused(String command, int exit, String code) {
        Session.Result result = session.sekimori(command);
        assertThat(result.err()).as(command).contains(code);
        assertThat(result.exit()).as(command).isEqualTo(exit);
    }

    private Optional<Refusal> judge(Instant when) throws IOException {
        return judge("update.zip", when);
    }

    private Optional<Refusal> judge(String file, Instant when) throws IOException {
        ApprovalPolicy policy =
                ApprovalPolicy.parse(Files.readAllBytes(directory.resolve("unit/trust/approvals.json")));
        try (Pack pack = Pack.open(directory.resolve(file))) {
            var assignment = SignedAssignment.read(
                            pack.director().fetch("targets.json", 1 << 20).orElseThrow())
                    .assignment();
            Approvals approvals = Approvals.parse(
                    pack.director().fetch(Approvals.FILE, Approvals.MAX_BYTES).orElseThrow());
            return policy.judge(assignment, approvals, Withdrawals.NONE, when);
        }
    }
}
