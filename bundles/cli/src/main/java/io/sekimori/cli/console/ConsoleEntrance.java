package io.sekimori.cli.console;

import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** How people and gateways get to a console that runs. Immutable. */
public final class ConsoleEntrance {

    private final ConsoleFacts facts;

    ConsoleEntrance(ConsoleFacts facts) {
        this.facts = facts;
    }

    /**
     * That of the console in a directory.
     *
     * @throws Failure if there is none
     */
    public static ConsoleEntrance of(Path directory) throws IOException, Failure {
        return new ConsoleEntrance(ConsoleFacts.read(new ConsoleHome(directory)));
    }

    /** Says address, fingerprint, how to sign in and, for one that only this machine can reach, how others can. */
    public void tell(Shell shell) {
        shell.tell("entrance.address", facts.https().uri("https"), facts.fingerprint());
        shell.tell("entrance.login", facts.https().uri("https"), facts.fingerprint());
        if (isLocal(facts.https().host()) && isLocal(facts.mqtt().host())) {
            shell.tell("entrance.tunnel", forwarded(facts.https()), forwarded(facts.mqtt()));
        }
    }

    private static String forwarded(ConsoleFacts.Endpoint endpoint) {
        return "-L " + endpoint.port() + ":" + endpoint.host() + ":" + endpoint.port();
    }

    private static boolean isLocal(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
