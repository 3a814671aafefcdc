package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.itests.support.BundleJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings of a gateway changed from its console: console, broker and gateway are those that ship, in processes of their
 * own. A change that cuts the gateway off is taken back by the gateway, also across its death, and everybody hears of it. And
 * the console's keys are stolen.
 */
class TrialIT {

    private static final String CONNECTION = "io.sekimori.connection.mqtt";
    private static final Pattern GATEWAY = Pattern.compile("\\bg-[a-z0-9]{12}\\b");

    private static final Pattern COUNTED = Pattern.compile("ASSIGNMENT_(ROLLBACK|VERSION_REUSED)");
    private static final Pattern KEY = Pattern.compile("\\b[0-9a-f]{64}\\b");
    private static final Pattern CERTIFICATE = Pattern.compile("\"certificate\" *: *\"([0-9a-f]+)\"");
    private static final Pattern GENERATION = Pattern.compile("\"generation\" *: *([0-9]+)");
    private static final Pattern ROLLOUT = Pattern.compile("\\br-[a-z0-9]{12}\\b");

    // Where nobody listens.
    private static final String NOWHERE = "broker=ssl://127.0.0.1:1";
    private static final int REVERTED = 6;

    @TempDir
    private static Path directory;

    private static Terminal terminal;
    private static Reader reader;
    private static String gateway;
    private static int mqtt;

    /** The page of the console, as far as a gateway that is connected. */
    @BeforeAll
    static void aGatewayThatIsConnected() throws Exception {
        terminal = new Terminal(directory);
        mqtt = FreePorts.next();
        reader = new Reader(terminal, FreePorts.next(), mqtt, FreePorts.next());
        for (String command : Page.read(Terminal.clone("docs/console.md")).commands()) {
            reader.give(command);
            if (command.equals("sekimori gateways list")) {
                break;
            }
        }
        Matcher id = GATEWAY.matcher(must("sekimori gateways list"));
        assertThat(id.find()).isTrue();
        gateway = id.group();
    }

    @AfterAll
    static void end() {
        terminal.close();
    }

    @Test
    void aChangeThatCutsTheGatewayOffIsTakenBack() throws Exception {
        Terminal.Result changed = terminal.run(set(NOWHERE, 10, "moved by mistake"));

        assertThat(changed.exit()).as(changed.out()).isEqualTo(REVERTED);
        assertThat(changed.out()).contains("CONSOLE_NOT_REACHED", "former ones");
        toldOnBothSides("moved by mistake", "REVERTED", "CONSOLE_NOT_REACHED", "FAILED");
        assertThat(shown("broker")).isBlank();
    }

    @Test
    void aChangeThatLeavesItConnectedIsConfirmed() throws Exception {
        Terminal.Result changed = terminal.run(set("keep.alive.seconds=60", 60, "metered line"));

        assertThat(changed.exit()).as(changed.out()).isZero();
        toldOnBothSides("metered line", "CONFIRMED", "", "DONE");
        assertThat(shown("keep.alive.seconds")).isEqualTo("60");
    }

    @Test
    void aGatewayKilledInItsTrialComesBackAndTakesItBack() throws Exception {
        Path book = directory.resolve("unit/data/io.sekimori.settings/book.json");
        Terminal.Running changing = terminal.begin(set(NOWHERE, 60, "moved before the storm"));
        Terminal.await("the change is on trial", () -> holds(book, "ON_TRIAL"));

        reader.gateway().kill();
        assertThat(Files.readString(book)).contains("ON_TRIAL");
        reader.give("sekimori gateway run --unit unit");

        assertThat(changing.exit()).as(changing.said()).isEqualTo(REVERTED);
        assertThat(changing.said()).contains("CONSOLE_NOT_REACHED");
        toldOnBothSides("moved before the storm", "REVERTED", "CONSOLE_NOT_REACHED", "FAILED");
        assertThat(shown("broker")).isBlank();
    }

    @Test
    void noRequestAndNoChangeIsLostWhileBothSidesAreReplaced() throws Exception {
        try (Asking asking = new Asking(
                directory, "/v1/gateways/" + gateway + "/settings", "/v1/gateways/" + gateway + "/settings/changes")) {
            asking.awaitRound();
            Terminal.Running first = terminal.begin(set("outbox.mebibytes=9", 60, "the console is replaced"));
            replaceOnTheConsole("io.sekimori.tuning.records");
            assertThat(first.exit()).as(first.said()).isZero();
            asking.awaitRound();
            Terminal.Running second = terminal.begin(set("outbox.mebibytes=10", 60, "the gateway is replaced"));
            replaceOnTheGateway("io.sekimori.settings");
            assertThat(second.exit()).as(second.said()).isZero();
            asking.awaitRound();

            assertThat(asking.lost()).isEmpty();
        }
        assertThat(shown("outbox.mebibytes")).isEqualTo("10");
    }

    /** First while it waits for a person, then in the middle of it and across its death, at last too late. */
    @Test
    void whatWasAssignedToOneGatewayIsTakenBackUntilItIsConfirmed() throws Exception {
        String name = "io.sekimori.local.pages";
        must(engine("install.automatic=false", "a person installs"));
        String waiting = roll(name, "0.1.7");
        Terminal.await("it waits for a person", () -> target(waiting).contains("INSTALL_BY_HAND"));
        assertThat(must("sekimori gateways cancel " + gateway + " --follow")).contains("CANCELLED  TAKEN_BACK");
        must(engine("install.automatic=true", "by itself again"));
        assertThat(must("sekimori gateways ask " + gateway)).contains("NOTHING_ASSIGNED");

        must(engine("probation.seconds=120", "a long look"));
        String trying = roll(name, "0.1.8");
        Terminal.await(
                "it is on probation",
                () -> unchecked("sekimori status --unit unit").out().contains("PROBATION"));
        reader.gateway().kill();
        Terminal.Running cancelling = terminal.begin("sekimori gateways cancel " + gateway + " --follow");
        Terminal.await(
                "that is ordered",
                () -> unchecked("sekimori audit show --console --action director.take-back --json")
                        .out()
                        .contains(trying));
        reader.give("sekimori gateway run --unit unit");
        assertThat(cancelling.exit()).as(cancelling.said()).isZero();
        assertThat(target(trying)).contains("CANCELLED", "TAKEN_BACK");
        must(engine("probation.seconds=1", "a short look"));

        must("sekimori rollout start --name again --set " + name + "/0.1.8 --all --follow");
        Terminal.Result late = terminal.run("sekimori gateways cancel " + gateway);
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.out()).contains("TAKEN_BACK_TOO_LATE");
        assertThat(must("sekimori audit show --console --action rollout.take-back --json"))
                .contains("admin", "TAKEN_BACK_TOO_LATE");
        assertThat(must("sekimori audit show --unit unit --action update.apply --json"))
                .contains("TAKEN_BACK");
    }

    private static String engine(String value, String reason) {
        return "sekimori config set " + gateway + " io.sekimori.update.engine " + value + " --trial 60 --reason '"
                + reason + "'";
    }

    /** The id of a rollout of a next version to all. */
    private static String roll(String name, String version) throws Exception {
        String releases = " --repository console/offline/releases ";
        Path next = BundleJar.of(built("distrib/target/bundles", name))
                .version(version)
                .into(directory.resolve("next-" + version));
        must("sekimori release add" + releases + "--swap overlap " + next);
        must("sekimori release sign" + releases + "--keys console/offline/keys");
        must("sekimori releases import" + releases);
        Matcher id =
                ROLLOUT.matcher(must("sekimori rollout start --name next --set " + name + "/" + version + " --all"));
        assertThat(id.find()).isTrue();
        return id.group();
    }

    /** How a rollout is told. */
    private static String target(String rollout) {
        return unchecked("sekimori rollout show " + rollout).out();
    }

    /** {@code docs/stolen-keys.md}, and a thief who tries before and after. */
    @Test
    void whoStoleTheConsolesKeysIsRefusedOnceTheNextRootsAreThere() throws Exception {
        must("mkdir -m 700 thief");
        must("cp -r console/unit/data/io.sekimori.releases.repository/keys thief/keys");
        must("cp -r console/offline/director thief/director");
        must("cp -r console/offline/releases thief/releases");
        steal("before.zip");
        // He counts on from the clock, and the gateway has heard of higher numbers.
        while (COUNTED.matcher(
                        unchecked("sekimori update plan before.zip --unit unit").out())
                .find()) {
            steal("before.zip");
        }
        must("sekimori update plan before.zip --unit unit");

        for (String command : Page.read(Terminal.clone("docs/stolen-keys.md")).commands()) {
            must(command);
        }

        replaceOnTheGateway("io.sekimori.audit.chain");
        assertThat(directory.resolve("unit/state/metadata/director/2.root.json"))
                .exists();
        steal("after.zip");
        Terminal.Result refused = terminal.run("sekimori update apply after.zip --unit unit");
        assertThat(refused.out()).contains("ASSIGNMENT_SIGNATURES");
        assertThat(refused.exit()).isEqualTo(1);
        must(set("keep.alive.seconds=61", 60, "signed with the next key"));
        assertThat(must("sekimori console keys list --directory console").lines())
                .hasSize(3)
                .allMatch(line ->
                        line.matches("console-(snapshot|timestamp|director)-2 .* (snapshot|timestamp|director)"));
        assertThat(must("sekimori audit show --console --action releases.keys.remove"))
                .contains("key director");
    }

    /** The section of {@code docs/stolen-keys.md} on the authority, and a thief who comes to the broker before and after. */
    @Test
    void whoStoleTheIssuingKeyIsCutOffOnceTheNextOneIsThere() throws Exception {
        must("mkdir -m 700 robber");
        must("cp console/unit/data/io.sekimori.keys.file/issuing-ca.key robber");
        must("cp console/unit/data/io.sekimori.authority.ca/ca.pem robber");
        StolenIssuer robber = new StolenIssuer(directory.resolve("robber"));
        assertThat(robber.isLetIn(mqtt, "g-aaaaaaaaaaaa")).isTrue();
        String before = certificate();

        Matcher key = KEY.matcher(must("sekimori console authority request --directory console --out issuing.csr"));
        assertThat(key.find()).isTrue();
        String sign =
                "sekimori console authority sign issuing.csr --keys console/offline/authority --out issuing.pem --key ";
        Terminal.Result other = terminal.run(sign + "0".repeat(64));
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).contains("OTHER_ISSUING_KEY", key.group());
        must(sign + key.group());
        assertThat(must("sekimori console authority import issuing.pem --directory console"))
                .contains(key.group(), "Revoked");

        Terminal.await("the broker has heard", () -> !robber.isLetIn(mqtt, "g-aaaaaaaaaaaa"));
        // The broker hears of it by beginning anew, and the gateway comes back when it does.
        Terminal.await(
                "the gateway is back",
                () -> unchecked(set("keep.alive.seconds=62", 60, "by its name alone"))
                                .exit()
                        == 0);
        must("sekimori identity renew --unit unit");
        assertThat(certificate()).isNotEqualTo(before);
        assertThat(directory.resolve("unit/data/io.sekimori.identity.device/issuers.json"))
                .exists();
        assertThat(must("sekimori audit show --unit unit --action identity.issuers --json"))
                .contains("DONE");
        assertThat(must("sekimori audit show --console --action authority.issuing.import --json"))
                .contains("DONE", key.group());
        must(set("keep.alive.seconds=63", 60, "over the next issuing key"));
        assertThat(robber.isLetIn(mqtt, "g-aaaaaaaaaaaa")).isFalse();
        assertThat(directory.resolve("console/unit/data/io.sekimori.keys.file/issuing-ca.key"))
                .doesNotExist();
    }

    /** Has the keys, and writes the rows that the console serves and signs from. */
    @Test
    void whoWritesTheConsolesRecordsHasNothingElseInstalled() throws Exception {
        String name = "io.sekimori.ports.linux";
        String rollout = roll(name, "0.1.9");
        Terminal.await("it runs", () -> target(rollout).contains("CONFIRMED"));
        must(delivery("poll.seconds=2", "not to wait for it"));
        String running = generation();
        StolenRecords thief = new StolenRecords(directory.resolve("console/unit"));
        StringBuilder row = new StringBuilder();
        reader.whileTheConsoleIsOff(() -> row.append(thief.assignment()));
        String honest = row.toString();
        long number = StolenRecords.number(honest);

        String altered = StolenRecords.numbered(number + 1).apply(StolenRecords.ofOtherBytes(honest));
        refused("ASSIGNMENT_SIGNATURES", () -> thief.assigns(altered));
        String another = StolenRecords.numbered(number + 2).apply(StolenRecords.forAnother(honest));
        refused("ASSIGNMENT_OTHER_DEVICE", () -> thief.assigns(thief.signs(another)));
        String older = StolenRecords.numbered(1).apply(honest);
        refused("ASSIGNMENT_ROLLBACK", () -> thief.assigns(thief.signs(older)));
        String other = StolenRecords.numbered(number + 3).apply(StolenRecords.ofOtherBytes(honest));
        refused("RELEASE_DISAGREES", () -> thief.assigns(thief.signs(other)));

        reader.whileTheConsoleIsOff(() -> {
            thief.assigns(honest);
            thief.rollsOn(rollout, name, "9.9.9");
        });
        Terminal.await("the console signs no such thing", () -> target(rollout).contains("RELEASE_UNKNOWN"));
        assertThat(generation()).isEqualTo(running);
        Terminal.await(
                "the console shows them",
                () -> areShown(
                        "ASSIGNMENT_SIGNATURES",
                        "ASSIGNMENT_OTHER_DEVICE",
                        "ASSIGNMENT_ROLLBACK",
                        "RELEASE_DISAGREES"));
        must(delivery("poll.seconds=300", "as before"));
    }

    /** By that very code, and it goes on as it was. */
    private static void refused(String code, Reader.Deed deed) throws Exception {
        String running = generation();
        List<String> before = refusals(code);

        reader.whileTheConsoleIsOff(deed);

        Terminal.await(code, () -> !before.containsAll(refusals(code)));
        assertThat(generation()).isEqualTo(running);
    }

    private static List<String> refusals(String code) {
        return unchecked("sekimori update history --unit unit")
                .out()
                .lines()
                .filter(line -> line.contains(code))
                .toList();
    }

    /** Whether the console shows each of them of the gateway. */
    private static boolean areShown(String... codes) {
        String shown = unchecked("sekimori gateways ask " + gateway).out();
        return Stream.of(codes).allMatch(code -> shown.contains("ATTACK " + code + " by console, seen "));
    }

    /** Which one is confirmed; what was tried in vain is a finding, with which this ends otherwise than well. */
    private static String generation() {
        Matcher running = GENERATION.matcher(
                unchecked("sekimori status --unit unit --json").out());
        assertThat(running.find()).isTrue();
        return running.group(1);
    }

    private static String delivery(String value, String reason) {
        return "sekimori config set " + gateway + " io.sekimori.delivery " + value + " --trial 60 --reason '" + reason
                + "'";
    }

    private static String certificate() throws Exception {
        Matcher number = CERTIFICATE.matcher(must("sekimori identity show --unit unit --json"));
        assertThat(number.find()).isTrue();
        return number.group(1);
    }

    /** What the thief would have the gateway run. */
    private static void steal(String pack) throws Exception {
        must("rm -f " + pack);
        must("sekimori release renew --repository thief/releases --keys thief/keys");
        must("sekimori director assign --director thief/director --keys thief/keys"
                + " --repository thief/releases --serial 0001 --configure org.example.door:open=true");
        must("sekimori release pack --repository thief/releases --director thief/director --serial 0001 --out " + pack);
    }

    /** As the page on the console's own unit says. */
    private static void replaceOnTheConsole(String name) throws Exception {
        String own = "cd console/offline/console && sekimori ";
        Path next = BundleJar.of(built("distrib/console/target/bundles", name))
                .version("0.1.1")
                .into(directory.resolve("next-console"));
        must(own + "release add --repository releases --swap overlap " + next);
        must(own + "release sign --repository releases --keys keys");
        must(own + "director assign --director director --keys keys --repository releases --serial console-1 --set "
                + name + "/0.1.1");
        must(own + "release pack --repository releases --director director --serial console-1 --unit ../../unit --out "
                + "tuning.zip");
        must(own + "update apply tuning.zip --unit ../../unit");
    }

    /** By a rollout. */
    private static void replaceOnTheGateway(String name) throws Exception {
        String releases = " --repository console/offline/releases ";
        Path next = BundleJar.of(built("distrib/target/bundles", name))
                .version("0.1.1")
                .into(directory.resolve("next-gateway"));
        must("sekimori release add" + releases + "--swap overlap " + next);
        must("sekimori release sign" + releases + "--keys console/offline/keys");
        must("sekimori releases import" + releases);
        must("sekimori rollout start --name settings --set " + name + "/0.1.1 --all --follow");
    }

    private static Path built(String folder, String name) throws IOException {
        try (Stream<Path> jars = Files.list(Terminal.clone(folder))) {
            return jars.filter(jar -> jar.getFileName().toString().matches(Pattern.quote(name) + "-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String set(String value, int trialSeconds, String reason) {
        return "sekimori config set " + gateway + " " + CONNECTION + " " + value + " --trial " + trialSeconds
                + " --reason '" + reason + "'";
    }

    /** In the console's list and in the audits of console and gateway, each time with who asked. */
    private static void toldOnBothSides(String reason, String state, String code, String verdict) throws Exception {
        assertThat(line(must("sekimori config changes " + gateway), reason)).contains(state, code, "admin");
        String change = line(must("sekimori config changes " + gateway), reason).split(" ")[0];
        assertThat(must("sekimori audit show --console --action settings.change --verdict " + verdict + " --json"))
                .contains(change, "admin", code);
        assertThat(must("sekimori audit show --unit unit --action settings.change --subject " + change + " --verdict "
                        + verdict + " --json"))
                .contains("admin", reason, code);
    }

    /** What the gateway says it has, once it answers. */
    private static String shown(String attribute) {
        StringBuilder value = new StringBuilder();
        Terminal.await("the gateway answers its console", () -> {
            Terminal.Result shown = unchecked("sekimori config show " + gateway + " " + CONNECTION);
            value.setLength(0);
            shown.out()
                    .lines()
                    .filter(line -> line.strip().startsWith(attribute))
                    .forEach(line -> value.append(line.strip().substring(attribute.length())));
            return shown.exit() == 0;
        });
        return value.toString().strip();
    }

    private static String line(String text, String word) {
        return text.lines()
                .filter(line -> line.contains(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError(word + " is not in " + text));
    }

    private static boolean holds(Path file, String word) {
        try {
            return Files.exists(file) && Files.readString(file).contains(word);
        } catch (IOException e) {
            return false; // it is just being replaced
        }
    }

    private static String must(String command) throws IOException, InterruptedException {
        Terminal.Result result = terminal.run(command);
        assertThat(result.exit()).as(command + "\n" + result.out()).isZero();
        return result.out();
    }

    private static Terminal.Result unchecked(String command) {
        try {
            return terminal.run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
