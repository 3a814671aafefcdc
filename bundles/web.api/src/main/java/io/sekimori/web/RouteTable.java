package io.sekimori.web;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The table of who may do what, as it is in force. Thread-safe. */
@ProviderType
public interface RouteTable {

    /** Every route that is served now, by path and method. What is not in it is refused. */
    List<Route> routes();
}
