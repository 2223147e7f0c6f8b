import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.GroupDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.XPathNodeset;
import org.javarosa.xpath.XPathParseTool;
import org.opendatakit.validate.StubPropertyManager;
import org.opendatakit.validate.StubSetGeopointActionHandler;

/**
 * Replays forms on JavaRosa: one request a line on standard input, one answer a line on standard output.
 *
 * <p>Request: {"xform": text, "media": folder, "today": "2026-11-22", "steps": [[op, path, value], …], "evaluate": [[path, expression], …]}; op is set, add_repeat or
 * remove_repeat. A step is done only where Collect would offer it, and the answer says which were.
 *
 * <p>Answer: {"refused": reason} or {"states": [{"done", "error", "nodes", "gone"}, …], "submission", "labels", "options", "results"}; nodes are only those that changed since the state
 * before, path -> [value, relevant, required, readonly, constraint]; the first state is the one after loading.
 */
public final class Replay {
    private static final int MOST_NODES = 6_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FormDef form;
    private final FormEntryModel model;
    private final FormEntryController controller;
    private final XFormAnswerDataSerializer serializer = new XFormAnswerDataSerializer();
    private Map<String, String> before = new HashMap<>();
    private final Map<String, FormIndex> questions = new LinkedHashMap<>();
    private final Map<String, FormIndex> prompts = new HashMap<>();
    private final Map<String, FormIndex> repeats = new HashMap<>();

    private Replay(JsonNode asked) throws Exception {
        String xform = Pinned.functions(asked.get("xform").asText());
        form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xform.getBytes(StandardCharsets.UTF_8)));
        Pinned.in(form, asked.get("today").asText());
        form.initialize(true, new InstanceInitializationFactory());
        model = new FormEntryModel(form);
        controller = new FormEntryController(model);
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        new JavaRosaCoreModule().registerModule();
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new StubPropertyManager());
        XFormParser.registerActionHandler("setgeopoint", new StubSetGeopointActionHandler());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
            out.flush();
        }
    }

    private static ObjectNode answer(JsonNode asked) {
        ObjectNode answer = JSON.createObjectNode();
        ReferenceManager.instance().reset();
        ReferenceManager.instance().addReferenceFactory(new Media(asked.path("media").asText("")));
        try {
            Replay replay = new Replay(asked);
            if (asked.has("steps")) {
                replay.walk(asked.get("steps"), answer);
            }
            if (asked.has("evaluate")) {
                replay.evaluate(asked.get("evaluate"), answer.putArray("results"));
            }
        } catch (Exception | StackOverflowError problem) {
            answer.put("refused", String.valueOf(problem));
        }
        return answer;
    }

    private void walk(JsonNode steps, ObjectNode answer) {
        ArrayNode states = answer.putArray("states");
        state(states.addObject(), null);
        for (JsonNode step : steps) {
            ObjectNode state = states.addObject();
            state(state, step);
            if (state.has("error") || before.size() > MOST_NODES) {
                break;
            }
        }
        try {
            answer.put("submission", submission());
            labels(answer.putObject("labels"));
            options(answer.putObject("options"));
        } catch (Exception problem) {
            answer.put("optionsError", String.valueOf(problem));
        }
    }

    /** What would be sent: taken before options are asked for, since showing choices removes answers that are not among them. */
    private String submission() throws Exception {
        return new String(new XFormSerializingVisitor().serializeInstance(form.getMainInstance()), StandardCharsets.UTF_8);
    }

    private void state(ObjectNode state, JsonNode step) {
        try {
            state.put("done", step == null || apply(step.get(0).asText(), step.get(1).asText(), step.path(2).asText("")));
            stepThrough();
        } catch (Exception problem) {
            state.put("error", String.valueOf(problem));
        }
        Map<String, String> now = new HashMap<>();
        ObjectNode nodes = state.putObject("nodes");
        TreeElement root = form.getMainInstance().getRoot();
        collect(root, "/" + root.getName(), now, nodes);
        ArrayNode gone = state.putArray("gone");
        for (String path : before.keySet()) {
            if (!now.containsKey(path)) {
                gone.add(path);
            }
        }
        before = now;
    }

    private boolean apply(String operation, String path, String text) throws Exception {
        if (operation.equals("add_repeat")) {
            FormIndex prompt = prompts.get(path);
            if (prompt != null) {
                controller.newRepeat(prompt);
            }
            return prompt != null;
        }
        if (operation.equals("remove_repeat")) {
            FormIndex repeat = repeats.get(path);
            if (repeat != null) {
                controller.deleteRepeat(repeat);
            }
            return repeat != null;
        }
        FormIndex index = questions.get(path);
        if (index == null || model.isIndexReadonly(index)) {
            return false;
        }
        FormEntryPrompt prompt = model.getQuestionPrompt(index);
        IAnswerData data = null;
        if (!text.isEmpty()) {
            data = XFormAnswerDataParser.getAnswerData(text, typeOf(prompt), prompt.getQuestion());
            if (data == null) {
                return false;
            }
        }
        controller.saveAnswer(index, data, true);
        return true;
    }

    /** A select holds a selection whatever its bind says, as Collect's widgets make it. */
    private static int typeOf(FormEntryPrompt prompt) {
        switch (prompt.getControlType()) {
            case Constants.CONTROL_SELECT_ONE:
                return Constants.DATATYPE_CHOICE;
            case Constants.CONTROL_SELECT_MULTI:
            case Constants.CONTROL_RANK:
                return Constants.DATATYPE_MULTIPLE_ITEMS;
            default:
                return prompt.getDataType();
        }
    }

    /** Goes forward from the first to the last question, as a person does: repeats of a count come into being on the way. */
    private void stepThrough() {
        questions.clear();
        prompts.clear();
        repeats.clear();
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        for (int event = controller.stepToNextEvent(); event != FormEntryController.EVENT_END_OF_FORM; event = controller.stepToNextEvent()) {
            FormIndex index = model.getFormIndex();
            String path = path(index.getReference());
            if (event == FormEntryController.EVENT_QUESTION) {
                questions.putIfAbsent(path, index);
            } else if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT) {
                prompts.put(path.substring(0, path.lastIndexOf('[')), index);
            } else if (event == FormEntryController.EVENT_REPEAT) {
                GroupDef repeat = (GroupDef) form.getChild(index);
                if (!repeat.noAddRemove && repeat.getCountReference() == null) {
                    repeats.put(path, index);
                }
            }
            if (questions.size() > MOST_NODES) {
                return;
            }
        }
    }

    /** The path of an index, whose repeats may not exist yet. */
    private String path(TreeReference reference) {
        StringBuilder path = new StringBuilder();
        for (int level = 0; level < reference.size(); level++) {
            TreeReference upTo = reference.getSubReference(level);
            TreeElement template = form.getMainInstance().getTemplatePath(upTo);
            path.append('/').append(reference.getName(level));
            if (template != null && template.isRepeatable()) {
                path.append('[').append(reference.getMultiplicity(level) + 1).append(']');
            }
        }
        return path.toString();
    }

    private void collect(TreeElement element, String path, Map<String, String> now, ObjectNode nodes) {
        ArrayNode told = JSON.createArrayNode();
        told.add(text(element)).add(element.isRelevant()).add(element.isRequired()).add(!element.isEnabled()).add(constraint(element));
        String key = told.toString();
        now.put(path, key);
        if (!key.equals(before.get(path))) {
            nodes.set(path, told);
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < element.getNumChildren(); i++) {
            TreeElement child = element.getChildAt(i);
            if (child.getMult() == TreeReference.INDEX_TEMPLATE) {
                continue;
            }
            int position = seen.merge(child.getName(), 1, Integer::sum);
            collect(child, path + "/" + child.getName() + (child.isRepeatable() ? "[" + position + "]" : ""), now, nodes);
        }
    }

    private String text(TreeElement element) {
        IAnswerData value = element.getValue();
        return value == null ? "" : String.valueOf(serializer.serializeAnswerData(value, element.getDataType()));
    }

    private Boolean constraint(TreeElement element) {
        if (element.getConstraint() == null || element.getValue() == null) {
            return null;
        }
        return form.evaluateConstraint(element.getRef(), element.getValue());
    }

    private void labels(ObjectNode labels) {
        for (Map.Entry<String, FormIndex> question : questions.entrySet()) {
            labels.put(question.getKey(), model.getQuestionPrompt(question.getValue()).getLongText());
        }
    }

    /** From the last question to the first: asking for choices takes away an answer that is not among them, and later choices would see it. */
    private void options(ObjectNode options) {
        List<Map.Entry<String, FormIndex>> backwards = new ArrayList<>(questions.entrySet());
        Collections.reverse(backwards);
        for (Map.Entry<String, FormIndex> question : backwards) {
            FormEntryPrompt prompt = model.getQuestionPrompt(question.getValue());
            int control = prompt.getControlType();
            if (control == Constants.CONTROL_SELECT_ONE || control == Constants.CONTROL_SELECT_MULTI || control == Constants.CONTROL_RANK) {
                ArrayNode values = options.putArray(question.getKey());
                for (SelectChoice choice : prompt.getSelectChoices()) {
                    values.add(choice.getValue());
                }
            }
        }
    }

    private void evaluate(JsonNode asked, ArrayNode results) {
        for (JsonNode pair : asked) {
            ObjectNode result = results.addObject();
            try {
                TreeReference context = TreeReference.rootRef();
                for (String name : pair.get(0).asText().substring(1).split("/")) {
                    int bracket = name.indexOf('[');
                    int position = bracket < 0 ? 0 : Integer.parseInt(name.substring(bracket + 1, name.length() - 1)) - 1;
                    context.add(bracket < 0 ? name : name.substring(0, bracket), position);
                }
                EvaluationContext evaluation = new EvaluationContext(form.getEvaluationContext(), context);
                Object value = XPathParseTool.parseXPath(Pinned.functions(pair.get(1).asText())).eval(form.getMainInstance(), evaluation);
                if (value instanceof XPathNodeset) {
                    value = ((XPathNodeset) value).size() == 0 ? "" : ((XPathNodeset) value).getValAt(0);
                }
                result.put("type", value.getClass().getSimpleName()).put("value", Pinned.text(value));
            } catch (Exception | StackOverflowError problem) {
                result.put("error", String.valueOf(problem));
            }
        }
    }
}
