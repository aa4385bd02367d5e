/** Runs inside the real extension host; scripts/test.ts bundles it for that. */

import { runHostTests } from "../support/hostSuite.ts";
import { activationTests } from "./activation.ts";
import { backEndTests } from "./backEnds.ts";
import { chatWishTests } from "./chatWishes.ts";
import { changeOriginTests } from "./changeOrigins.ts";
import { checkTests } from "./check.ts";
import { chatTests } from "./chat.ts";
import { chatAllChangeTests } from "./chatAllChanges.ts";
import { chatBlockTests } from "./chatBlocks.ts";
import { chatContextTests } from "./chatContext.ts";
import { chatRaceTests } from "./chatRaces.ts";
import { chatThreadTests } from "./chatThreads.ts";
import { chatMeterTests } from "./chatMeter.ts";
import { chatSourceTests } from "./chatSources.ts";
import { chatModelSourceTests } from "./chatModelSource.ts";
import { chatToolTests } from "./chatTools.ts";
import { contextTests } from "./context.ts";
import { controlTests } from "./control.ts";
import { countingStartTests } from "./countingStart.ts";
import { countingTestTests } from "./countingTest.ts";
import { documentTests } from "./documents.ts";
import { editorEventFeedTests } from "./editorEventFeed.ts";
import { editorSourceTests } from "./editorSources.ts";
import { editorModelTests } from "./editorModels.ts";
import { embeddedTests } from "./embedded.ts";
import { embeddingRankingTests } from "./embeddingRanking.ts";
import { experimentTests } from "./experiment.ts";
import { followedAcceptTests } from "./followedAccepts.ts";
import { gateTests } from "./gates.ts";
import { ledgerTests } from "./ledger.ts";
import { reportTests } from "./report.ts";
import { localChatTests } from "./localChat.ts";
import { modelPickerTests } from "./modelPicker.ts";
import { notebookTests } from "./notebooks.ts";
import { productivityRecorderTests } from "./productivityRecorder.ts";
import { promptFileTests } from "./promptFiles.ts";
import { readOnlyTests } from "./readOnly.ts";
import { refactorAcceptTests } from "./refactorAccept.ts";
import { refactorCaretTests } from "./refactorCaret.ts";
import { refactorMeanwhileTests } from "./refactorMeanwhile.ts";
import { refactorNameTests } from "./refactorNames.ts";
import { refactorNoteTests } from "./refactorNotes.ts";
import { refactorRefusalTests } from "./refactorRefusals.ts";
import { refactorReviewTests } from "./refactorReview.ts";
import { refactorActionTests } from "./refactorActions.ts";
import { refactorCodeActionTests } from "./refactorCodeActions.ts";
import { realFileTests } from "./realFiles/index.ts";
import { refactorWriteTests } from "./refactorWriteTests.ts";
import { reportExportTests } from "./reportExport.ts";
import { repositoryMapTests } from "./repositoryMap.ts";
import { commitMessageTests } from "./sourceControlCommit.ts";
import { sourceControlDocumentTests } from "./sourceControlDocuments.ts";
import { sourceControlStreamTests } from "./sourceControlStreams.ts";
import { reviewChangesTests } from "./reviewChanges.ts";
import { serverTests } from "./servers.ts";
import { spendingTests } from "./spending.ts";
import { suggestionTests } from "./suggestions.ts";
import { teamExportTests } from "./teamExport.ts";
import { windowClockTests } from "./windowClock.ts";
import { terminalExplainTests } from "./terminalExplain.ts";
import { terminalFixTests } from "./terminalFix.ts";
import { terminalOutputTests } from "./terminalOutput.ts";
import { terminalSuggestTests } from "./terminalSuggest.ts";
import { versionTests } from "./versions.ts";
import { warmUpTests } from "./warmUp.ts";
import { whyTests } from "./why.ts";

export async function run(): Promise<void> {
  await runHostTests([
    ...activationTests,
    ...suggestionTests,
    ...controlTests,
    ...editorEventFeedTests,
    ...ledgerTests,
    ...reportTests,
    ...countingStartTests,
    // Before those that put experiments with a result into the window's ledger.
    ...teamExportTests,
    ...experimentTests,
    ...reportExportTests,
    ...windowClockTests,
    ...countingTestTests,
    ...productivityRecorderTests,
    ...followedAcceptTests,
    ...changeOriginTests,
    ...documentTests,
    ...notebookTests,
    ...readOnlyTests,
    ...serverTests,
    ...backEndTests,
    ...modelPickerTests,
    ...spendingTests,
    ...promptFileTests,
    ...checkTests,
    ...terminalOutputTests,
    ...versionTests,
    ...warmUpTests,
    ...contextTests,
    ...gateTests,
    ...editorSourceTests,
    ...repositoryMapTests,
    ...embeddingRankingTests,
    ...embeddedTests,
    ...editorModelTests,
    ...localChatTests,
    ...chatModelSourceTests,
    ...chatToolTests,
    ...whyTests,
    ...chatTests,
    ...chatRaceTests,
    ...chatThreadTests,
    ...chatMeterTests,
    ...chatBlockTests,
    ...chatAllChangeTests,
    ...chatContextTests,
    ...chatSourceTests,
    ...chatWishTests,
    ...refactorAcceptTests,
    ...refactorMeanwhileTests,
    ...refactorRefusalTests,
    ...refactorCaretTests,
    ...refactorNoteTests,
    ...commitMessageTests,
    ...sourceControlDocumentTests,
    ...sourceControlStreamTests,
    ...refactorReviewTests,
    ...reviewChangesTests,
    ...refactorActionTests,
    ...refactorCodeActionTests,
    ...refactorWriteTests,
    ...realFileTests,
    ...refactorNameTests,
    ...terminalSuggestTests,
    ...terminalExplainTests,
    ...terminalFixTests,
  ]);
}
