package express.polaris.demo.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Request below {@code /steve/api/v1}.
 *
 * @param path segments after {@code /steve/api/v1}
 * @param query decoded; repeated parameters in their order
 * @param contentType empty if absent
 */
record ApiRequest(String method, List<String> path, Map<String, List<String>> query, String contentType, byte[] body) {

    /** All values of a parameter; SteVe accepts it repeated or separated by commas. */
    List<String> all(String parameter) {
        return query.getOrDefault(parameter, List.of()).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    Optional<String> first(String parameter) {
        return query.getOrDefault(parameter, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    Optional<Integer> number(String parameter) {
        return first(parameter).map(ApiRequest::parse);
    }

    List<Integer> numbers(String parameter) {
        return all(parameter).stream().map(ApiRequest::parse).toList();
    }

    /** The parameter as an enum constant; case-sensitive. */
    <E extends Enum<E>> E choice(String parameter, E otherwise) {
        return first(parameter)
                .map(value -> Stream.of(otherwise.getDeclaringClass().getEnumConstants())
                        .filter(constant -> constant.name().equals(value))
                        .findFirst()
                        .orElseThrow(ApiFault::notUnderstood))
                .orElse(otherwise);
    }

    int pathNumber(int segment, String name, String type) {
        try {
            return Integer.parseInt(path.get(segment));
        } catch (NumberFormatException e) {
            throw ApiFault.badRequest("Method parameter '" + name
                    + "': Failed to convert value of type 'java.lang.String' to required type '" + type
                    + "'; For input string: \"" + path.get(segment) + "\"");
        }
    }

    private static Integer parse(String value) {
        try {
            return Integer.valueOf(value.strip());
        } catch (NumberFormatException e) {
            throw ApiFault.notUnderstood();
        }
    }
}
