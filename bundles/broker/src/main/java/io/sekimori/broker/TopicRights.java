package io.sekimori.broker;

/**
 * Who may publish and read which topics of an account. Immutable, thread-safe.
 *
 * <p>A gateway reads {@code $EDC/{account}/{id}/#}, and publishes there, to {@code {account}/{id}/#}, to {@code
 * $EDC/{account}/+/+/REPLY/#} and to {@code $EDC/{account}/+/+/NOTIFY/{id}/#} where the first {@code +} is no other
 * gateway. A console publishes to and reads {@code
 * $EDC/{account}/#}, and reads {@code {account}/#}. Nobody may anything else.
 */
final class TopicRights {

    private static final String CONTROL = "$EDC/";
    /** To Artemis it would name a queue, which is somebody's session. */
    private static final String QUEUE_MARK = "::";

    private final String account;

    TopicRights(String account) {
        this.account = account;
    }

    /** Whether {@code client} may publish to {@code topic}. */
    boolean mayPublish(Client client, String topic) {
        if (topic.contains(QUEUE_MARK) || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            return false;
        }
        String control = CONTROL + account + "/";
        if (client instanceof Client.Console) {
            return topic.startsWith(control);
        }
        return topic.startsWith(control + client.id() + "/")
                || topic.startsWith(account + "/" + client.id() + "/")
                || topic.startsWith(control) && answers(client, topic.substring(control.length()));
    }

    /**
     * {@code +/+/REPLY/#} or {@code +/+/NOTIFY/{id}/#}, but not to another gateway: none ever asks one, and what waits
     * for it could be flooded until its session is discarded.
     */
    private static boolean answers(Client client, String rest) {
        String[] levels = rest.split("/", 5);
        return levels.length >= 4
                && !Client.GATEWAY.matcher(levels[0]).matches()
                && (levels[2].equals("REPLY") || levels[2].equals("NOTIFY") && levels[3].equals(client.id()));
    }

    /** Whether {@code client} may read all that {@code filter} matches. */
    boolean mayRead(Client client, String filter) {
        if (filter.contains(QUEUE_MARK)) {
            return false;
        }
        // The names have no wildcards in them, so what begins with them matches nothing beside them.
        String control = CONTROL + account + "/";
        if (client instanceof Client.Console) {
            return filter.startsWith(control) || filter.startsWith(account + "/");
        }
        return filter.startsWith(control + client.id() + "/");
    }
}
