import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.condition.IFunctionHandler;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.DateTimeData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.utils.DateUtils;
import org.javarosa.core.model.utils.IPreloadHandler;

/** What differs from run to run is the same in each: the day, the moment, chance, and the phone's owner. JavaRosa's own today() and now() cannot be replaced, so forms ask for others. */
final class Pinned {
    private static final Pattern ASKED = Pattern.compile("(?<![\\w-])(today|now|random|uuid)(?=\\s*\\()");
    static final String CHANCE = "pinned";

    private Pinned() {}

    static String functions(String text) {
        return ASKED.matcher(text).replaceAll("pinned-$1");
    }

    static void in(FormDef form, String today) {
        Date midnight = DateUtils.parseDate(today);
        Date noon = DateUtils.parseDateTime(today + "T12:00:00.000");
        EvaluationContext context = form.getEvaluationContext();
        context.addFunctionHandler(new Function("pinned-today", midnight));
        context.addFunctionHandler(new Function("pinned-now", noon));
        context.addFunctionHandler(new Function("pinned-random", 0.5));
        context.addFunctionHandler(new Function("pinned-uuid", CHANCE));
        // Collect's own, not JavaRosa's.
        context.addFunctionHandler(new Function("pulldata", ""));
        form.getPreloader().addPreloadHandler(new Preload("date", new DateData(midnight)));
        form.getPreloader().addPreloadHandler(new Preload("timestamp", new DateTimeData(noon)));
        form.getPreloader().addPreloadHandler(new Preload("property", new StringData(CHANCE)));
        form.getPreloader().addPreloadHandler(new Preload("uid", new StringData(CHANCE)));
    }

    static String text(Object value) {
        return value instanceof Date ? new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").format((Date) value) : String.valueOf(value);
    }

    private static final class Function implements IFunctionHandler {
        private final String name;
        private final Object value;

        Function(String name, Object value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public List<Class[]> getPrototypes() {
            return List.of();
        }

        @Override
        public boolean rawArgs() {
            return true;
        }

        @Override
        public boolean realTime() {
            return false;
        }

        @Override
        public Object eval(Object[] arguments, EvaluationContext context) {
            return value;
        }
    }

    private static final class Preload implements IPreloadHandler {
        private final String name;
        private final IAnswerData value;

        Preload(String name, IAnswerData value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public String preloadHandled() {
            return name;
        }

        @Override
        public IAnswerData handlePreload(String parameters) {
            return "end".equals(parameters) ? null : value;
        }

        @Override
        public boolean handlePostProcess(TreeElement node, String parameters) {
            return false;
        }
    }
}
