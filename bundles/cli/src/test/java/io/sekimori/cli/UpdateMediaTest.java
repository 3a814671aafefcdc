package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Unit;
import io.sekimori.trust.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sekimori update media}, before a gateway that answers what it is told to. */
class UpdateMediaTest {

    private static final String TWO = "{'event':'answer','media':'media','packs':["
            + "{'id':'a','name':'old.zip','place':'STICK','bytes':9,'modified':'t','file':'/media/s/old.zip'},"
            + "{'id':'b','name':'new.zip','place':'UPLOAD','bytes':10,'modified':'t','file':'/data/new.zip'}]}";
    private static final String REFUSED = "{'event':'refused','code':'EXPIRED_PACK','detail':'it is over'}";
    private static final String PLAN = "{'event':'answer','from':1,'to':2,'assignmentVersion':7,'restart':false,"
            + "'bundles':[{'symbolicName':'org.example.meter','action':'REPLACE','why':'new',"
            + "'before':{'version':'1.0.0'},'after':{'version':'1.1.0'}}],'interruptions':[],'configurations':[],"
            + "'disk':{'toCopyBytes':1,'neededBytes':2,'freeBytes':3}}";

    @TempDir
    private Path folder;

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private ServerSocketChannel door;
    private CompletableFuture<Void> served;

    @BeforeEach
    void serve() throws IOException {
        Unit unit = new Unit(folder.resolve("unit"));
        Files.createDirectories(unit.controlSocket().getParent());
        Files.createDirectories(folder.resolve("unit/state"));
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(unit.controlSocket()));
        served = CompletableFuture.runAsync(this::answerAll, work -> new Thread(work, "gateway").start());
    }

    @AfterEach
    void end() throws IOException {
        door.close();
        served.join();
    }

    private void answerAll() {
        try {
            while (true) {
                try (SocketChannel one = door.accept()) {
                    BufferedReader in = new BufferedReader(Channels.newReader(one, StandardCharsets.UTF_8));
                    asked.add(in.readLine());
                    one.write(ByteBuffer.wrap(
                            (answers.remove().replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            return; // the door was closed
        }
    }

    @Test
    void eachPackIsToldWithWhatTheGatewaySaysOfIt() {
        answers.addAll(List.of(TWO, REFUSED, PLAN));

        Session.Result result = new Session(folder).sekimori("update media --unit unit");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .containsSubsequence(
                        "/media/s/old.zip", "EXPIRED_PACK: it is over", "/data/new.zip", "org.example.meter", "1.1.0");
        assertThat(asked)
                .satisfiesExactly(
                        first -> assertThat(first).contains("update.media"),
                        second -> assertThat(second).contains("\"plan\"", "/media/s/old.zip"),
                        third -> assertThat(third).contains("\"plan\"", "/data/new.zip"));
    }

    @Test
    void programsGetItAsData() throws Exception {
        answers.addAll(List.of(TWO, REFUSED, PLAN));

        List<JsonObject> packs = new Session(folder)
                .sekimori("update media --unit unit --json")
                .json()
                .objects("packs");

        assertThat(packs.get(0).object("refused").string("code")).isEqualTo("EXPIRED_PACK");
        assertThat(packs.get(0).has("plan")).isFalse();
        assertThat(packs.get(1).string("place")).isEqualTo("UPLOAD");
        assertThat(packs.get(1).object("plan").number("assignmentVersion")).isEqualTo(7);
    }

    @Test
    void whereNothingLiesThatIsSaidAndARefusalIsOne() {
        answers.add("{'event':'answer','media':'media','packs':[]}");
        Session session = new Session(folder);

        Session.Result none = session.sekimori("update media --unit unit");
        assertThat(none.exit()).isZero();
        assertThat(none.out()).contains("No pack is on a stick here, and none was uploaded");

        answers.add("{'event':'refused','code':'REQUEST_UNKNOWN','detail':'update.media'}");
        Session.Result refused = session.sekimori("update media --unit unit");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("REQUEST_UNKNOWN");
    }
}
