/** Configurations over the framework's ConfigurationAdmin and Metatype, with a history on disk that decides. */
@NullMarked
package io.sekimori.config.admin;

import org.jspecify.annotations.NullMarked;
