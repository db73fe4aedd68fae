//! The meaning of columns of a table and fields of JSON, by their names. It knows no rows.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::read_options::Columns;
use crate::text::script::simplified;

const TEXT: &str = "text content transcript utterance message msg body sentence words said speech quote value line caption paragraph elements \
 内容 文本 发言 发言内容 讲话 话语 正文 消息 原文 转写 文字 说的话 台词 对话 \
 original originaltext sourcetext dialogue dialog utterances verbatim transcription highlight excerpt whatwassaid codedsegment codedsegments codiertessegment codiertesegmente \
 beitrag redebeitrag gesprächsbeitrag äußerung äusserung aussage wortlaut gesagtes inhalt nachricht transkript transkription \
 texte propos paroles énoncé réplique intervention contenu texto intervención enunciado parlamento contenido mensaje testo battuta intervento \
 contenuto trascrizione fala conteúdo transcrição tekst uitspraak текст реплика высказывание сообщение \
 発言内容 発言 発话内容 発话 テキスト 文字起こし 내용 발화내용 발언내용 발화 발언 텍스트";
const SPEAKER: &str = "speaker speakername speakerlabel speakerid name who role author from user username sender participant person voice \
 说话人 发言人 讲话人 姓名 名字 角色 发送者 作者 用户 讲者 发言者 人物 昵称 说话人id 发言人id 讲话人id 说话者 说话者id 角色id \
 受访者 受访人 被访者 被访人 受访对象 采访对象 访谈对象 受访者姓名 受访人姓名 interviewee respondent participantname intervieweename \
 人员 发言人员 讲话者 谈话人 参与者 对象 回答者 回答人 answeredby character talker \
 sprecher sprecherin sprecher/in sprecher:in sprecher*in sprecher(in) sprechende redner rednerin redner/in redner:in befragteperson befragter befragte \
 befragte/r interviewpartner interviewpartnerin interviewpartner/in gesprächspartner gesprächspartnerin teilnehmer teilnehmerin teilnehmer/in \
 teilnehmer:in teilnehmende proband rolle locuteur locutrice locuteur/locutrice intervenant intervenante intervenant(e) intervenant·e interlocuteur \
 enquêté nom rôle hablante orador interlocutor participante persona nombre rol entrevistado parlante oratore relatore interlocutore partecipante nome \
 ruolo falante papel spreker deelnemer naam спикер говорящий участник имя роль 话者 発言者 発话者 话し手 名前 氏名 役割 화자 발화자 발언자 이름 역할 참여자 \
 documentname dokumentname";
const TIME: &str = "start starttime startms starttimems begintime beginms time timestamp begin offset from_time startsec startseconds in timecode ts 时间 开始 开始时间 起始时间 时间戳 时间码 \
 timecodein timespan zeit zeitstempel zeitmarke startzeit beginn uhrzeit temps heure horodatage début minutage tiempo hora inicio marcadetiempo tempo \
 início inizio minutaggio tijd tijdstip starttijd время начало таймкод 时刻 开始时刻 タイムスタンプ タイムコード 시간 시작 시각 시작시간";
const QUESTION: &str = "question q prompt questiontext interviewquestion questionasked 问题 问 提问 题目 问题内容 提问内容 访谈问题 采访问题 题干 问题描述 \
 frage fragestellung pregunta domanda pergunta vraag вопрос 质问 질문";
const ANSWER: &str = "answer a response reply answertext responsetext 回答 答 答案 答复 回复 回答内容 答复内容 回复内容 答案内容 受访者回答 \
 受访人回答 回应 作答 回答记录 antwort réponse respuesta risposta resposta antwoord ответ 답변 대답";

/// The positions of what a turn, or a question with its answer, is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) text: Option<usize>,
    pub(super) speaker: Option<usize>,
    pub(super) time: Option<usize>,
    pub(super) question: Option<usize>,
    pub(super) answer: Option<usize>,
}

impl Places {
    /// Finds the meaning of `names`. The choices in `told` take precedence.
    pub(super) fn of(names: &[String], told: &Columns) -> Self {
        // Each name once, however many columns there are.
        let mut places: HashMap<String, usize> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            places.entry(key(name)).or_insert(at);
        }
        let find = |list: &str, told: Option<&String>| match told {
            // A column is found by its name, or by its place if it has none.
            Some(told) => places
                .get(&key(told))
                .copied()
                .or_else(|| told.trim().parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len())),
            // The first listed name that exists counts: `text` before `value`.
            None => list.split_whitespace().find_map(|listed| places.get(listed).copied()),
        };
        Self {
            text: find(TEXT, told.text.as_ref()),
            speaker: find(SPEAKER, told.speaker.as_ref()),
            time: find(TIME, told.time.as_ref()),
            question: find(QUESTION, None),
            answer: find(ANSWER, None),
        }
    }

    /// Whether its rows can be read.
    pub(super) fn speaks(&self) -> bool {
        self.text.is_some() || self.answer.is_some()
    }

    /// The description for a person, who may decide otherwise.
    pub(super) fn told(&self, names: &[String]) -> Layout {
        let name = |at: Option<usize>| at.and_then(|at| names.get(at)).cloned();
        let paired = self.text.is_none() && self.answer.is_some();
        Layout {
            names: names.to_vec(),
            question: name(self.question).filter(|_| paired),
            text: name(if paired { self.answer } else { self.text }),
            speaker: name(self.speaker),
            time: name(self.time),
        }
    }
}

/// The columns of a table or fields of JSON, and their meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The names of all columns, in their order.
    pub names: Vec<String>,
    /// The column of the question, if a row is a question and an answer.
    pub question: Option<String>,
    /// The column of the words.
    pub text: Option<String>,
    /// The column of the speaker.
    pub speaker: Option<String>,
    /// The column of the time.
    pub time: Option<String>,
}

impl Layout {
    /// The layout in a sentence.
    pub(super) fn sentence(&self) -> String {
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
        let asked = self.question.as_ref().map(|asked| format!("question “{asked}”, ")).unwrap_or_default();
        format!(
            "Columns read: {asked}words “{}”, speaker “{}”, time “{}”.",
            name(&self.text),
            name(&self.speaker),
            name(&self.time)
        )
    }
}

/// Whether a column's name says that it holds questions.
pub(super) fn is_question(name: &str) -> bool {
    let key = key(name);
    QUESTION.split_whitespace().chain(["questions", "qs", "题", "提纲", "访谈提纲"]).any(|listed| listed == key)
}

/// Columns and fields about a person, a place or a time. Nobody answers in them.
const TRAITS: &str = "性别 年龄 年龄段 部门 科室 班组 班级 年级 学院 专业 学历 学位 职位 职务 职称 岗位 职业 行业 工龄 司龄 教龄 工作年限 年限 入职时间 入职日期 \
 离职日期 离职时间 城市 省份 地区 区域 籍贯 地址 地点 门店 店铺 店名 公司 单位 学校 企业 机构 日期 时间 时长 访谈时间 访谈日期 访谈地点 访谈方式 面谈时间 面谈日期 \
 采访时间 采访日期 采访地点 访谈员 访谈人 访谈者 面谈人 采访人 采访者 记录人 记录员 走访人 走访日期 整理人 审核人 签字 签名 电话 手机 手机号 微信 邮箱 经销商 客户 \
 客户名称 产品 项目 项目名称 婚姻状况 收入 身高 民族 组别 组 类型 类别 渠道 备注编号 姓名 名字 称呼 昵称 编号 序号 工号 学号 受访者 受访人 被访者 被访人 \
 访谈对象 受访对象 采访对象 面谈对象 主题 访谈主题 \
 gender sex age agegroup department dept team role position title jobtitle occupation job tenure tenure(yrs) yearsofservice years location city country \
 region site store branch office company employer date time duration interviewdate interviewtime startdate enddate lastday hiredate hired interviewer interviewedby recordedby \
 manager supervisor phone email group segment channel plan level grade school class name employee employeename employeeid participant respondent interviewee id no number place venue signature \
 alter geschlecht abteilung funktion beruf standort ort datum dauer personalnummer interviewer/in interviewerin nr nummer âge sexe service poste fonction ville durée \
 n° numéro edad sexo género departamento puesto cargo ciudad fecha duración età sesso reparto ruolo città data durata 年齢 年齢層 部署 役职 职种 地域 氏名 \
 나이 연령 성별 부서 직급 지역 날짜 이름";

/// Whether a column's name says that it holds a trait of a person, a place or a time.
pub(super) fn is_trait(name: &str) -> bool {
    // `Tenure (yrs)`, `年龄（岁）`.
    let own = name.split(['(', '（']).next().unwrap_or(name);
    let (own, whole) = (key(own), key(name));
    let ends = ["日期", "编号", "姓名", "签字", "签名", "工号", "电话", "部门", "年龄", "性别", "地点"];
    TRAITS.split_whitespace().any(|listed| listed == own || listed == whole)
        || own.chars().count() <= 8 && ends.iter().any(|end| own.ends_with(end))
}

/// Whether a column's name says that it numbers persons: `Employee ID`, `员工编号`.
pub(super) fn is_person_number(name: &str) -> bool {
    let key = key(name);
    let ends = ["编号", "工号", "学号", "序号", "代号", "代码", "号码"];
    key.chars().count() <= 8 && ends.iter().any(|end| key.ends_with(end))
        || ["id", "no", "number", "code"].iter().any(|end| {
            key.strip_suffix(end).is_some_and(|who| {
                [
                    "employee",
                    "staff",
                    "person",
                    "participant",
                    "respondent",
                    "interviewee",
                    "user",
                    "subject",
                    "member",
                    "student",
                    "customer",
                    "client",
                    "worker",
                    "case",
                    "response",
                    "",
                ]
                .contains(&who)
            })
        })
}

/// Whether a column's name says that it holds other words about the words: a translation, notes, codes.
pub(super) fn is_about_words(name: &str) -> bool {
    const ABOUT: [&str; 18] = [
        "translat",
        "译文",
        "翻译",
        "übersetz",
        "traduc",
        "traduz",
        "翻訳",
        "note",
        "comment",
        "kommentar",
        "bemerkung",
        "anmerkung",
        "memo",
        "备注",
        "批注",
        "注释",
        "code",
        "tags",
    ];
    let key = key(name);
    ABOUT.iter().any(|word| key.contains(word))
}

/// Whether a column's name says that it holds end times.
pub(super) fn is_end(name: &str) -> bool {
    const ENDS: &str = "end endtime endms endtimems endsec endseconds out to stop timecodeout 结束 结束时间 ende endzeit fin fine fim конец 终了 종료";
    let key = key(name);
    ENDS.split_whitespace().any(|listed| listed == key)
}

/// Whether a column's name says that it holds the names of persons.
pub(super) fn is_name(name: &str) -> bool {
    const LISTED: &str = "interviewee respondent participant employee 受访者 受访人 被访者 被访人 访谈对象 受访对象 采访对象 面谈对象 员工 speaker who person";
    // Whoever asked or wrote it down does not answer.
    const OTHERS: [&str; 14] = [
        "interviewer",
        "manager",
        "supervisor",
        "recorder",
        "访谈人",
        "访谈员",
        "访谈者",
        "面谈人",
        "采访人",
        "采访者",
        "记录",
        "主管",
        "经理",
        "导师",
    ];
    let key = key(name);
    let name = ["name", "姓名", "名字", "称呼", "昵称"].iter().any(|part| key.contains(part));
    if OTHERS.iter().any(|other| key.contains(other)) {
        return false;
    }
    let mut listed = LISTED.split_whitespace();
    name && key.chars().count() <= 24 || listed.any(|listed| listed == key)
}

pub(super) fn key(name: &str) -> String {
    let folded = simplified(name).to_lowercase();
    folded.chars().filter(|c| !c.is_whitespace() && !"_-.\u{feff}".contains(*c)).collect()
}
